import { z } from "zod";
import type { AppPackage, PythonApplication } from "./application.ts";
import { parseToml } from "./parsedFile.ts";
import { pythonName } from "./pythonName.ts";

const dependencies = z.array(z.looseObject({ name: z.string() })).default([]);

const lockSchema = z.looseObject({
  version: z.number(),
  "requires-python": z.string().optional(),
  package: z
    .array(
      z.looseObject({
        name: z.string(),
        version: z.string().optional(),
        source: z.record(z.string(), z.unknown()).default({}),
        "resolution-markers": z.array(z.string()).default([]),
        dependencies,
        "optional-dependencies": z.record(z.string(), dependencies).default({}),
      }),
    )
    .default([]),
});

type LockedPackage = z.infer<typeof lockSchema>["package"][number];

/**
 * Reads `uv.lock`. Packages of dependency groups alone, such as `dev`, are left out: they are not in the container.
 *
 * @throws UserError when it is no TOML, or not uv's
 */
export function readUvLock(file: string, text: string): PythonApplication {
  const lock = parseToml(file, text, lockSchema);
  const own = lock.package.filter(({ source }) => "editable" in source || "virtual" in source);
  const direct = new Set(own.flatMap(dependencyNames));
  const installed = reachable(lock.package, direct);
  const packages = lock.package
    .filter((locked) => !own.includes(locked) && (own.length === 0 || installed.has(locked.name)))
    .map((locked): AppPackage => {
      const markers = locked["resolution-markers"];
      return {
        name: pythonName(locked.name),
        version: locked.version,
        marker: markers.length === 0 ? undefined : markers.join(" or "),
        direct: own.length === 0 || direct.has(locked.name),
      };
    });
  return { language: "python", file, packages, pythonVersions: lock["requires-python"], notes: [] };
}

function dependencyNames(locked: LockedPackage): string[] {
  const groups = [locked.dependencies, ...Object.values(locked["optional-dependencies"])];
  return groups.flat().map(({ name }) => name);
}

/** Names of what is installed with the given packages. */
function reachable(packages: readonly LockedPackage[], names: ReadonlySet<string>): Set<string> {
  const found = new Set(names);
  // A set that grows while it is gone through: each name comes once.
  for (const name of found) {
    for (const locked of packages.filter((candidate) => candidate.name === name)) {
      for (const dependency of dependencyNames(locked)) found.add(dependency);
    }
  }
  return found;
}
