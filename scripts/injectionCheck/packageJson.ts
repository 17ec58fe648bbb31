import npmRange from "semver/ranges/valid.js";
import { z } from "zod";
import type { AppPackage, NodejsApplication } from "./application.ts";
import { parseJson } from "./parsedFile.ts";

const dependencies = z.record(z.string(), z.string()).default({});

const manifestSchema = z.looseObject({
  type: z.string().optional(),
  scripts: z.looseObject({ start: z.string().optional() }).optional(),
  dependencies,
  optionalDependencies: dependencies,
  workspaces: z.unknown().optional(),
});

/**
 * Reads `package.json`. `devDependencies` are left out: they are not in the container.
 *
 * @throws UserError when it is no JSON, or not npm's
 */
export function readPackageJson(file: string, text: string): NodejsApplication {
  const manifest = parseJson(file, text, manifestSchema);
  const packages = Object.entries({ ...manifest.dependencies, ...manifest.optionalDependencies }).map(npmPackage);
  return {
    language: "nodejs",
    file,
    packages,
    manifest: { esModules: manifest.type === "module", start: manifest.scripts?.start },
    notes: [
      ...(manifest.workspaces === undefined ? [] : [`${file} has workspaces: check the package.json of each one, too`]),
      "package.json holds ranges and no installed versions: package-lock.json says more about libraries",
    ],
  };
}

/** A dependency as package.json has it: a range, a range of a package with another name (`npm:`), or no range at all. */
function npmPackage([key, asked]: [name: string, asked: string]): AppPackage {
  const [, name = key, range = asked] = /^npm:(@?[^@]+)@?(.*)$/.exec(asked) ?? [];
  return { name, range: npmRange(range) === null ? undefined : range, direct: true };
}
