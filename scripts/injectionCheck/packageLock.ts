import npmVersion from "semver/functions/valid.js";
import { z } from "zod";
import type { AppPackage, NodejsApplication } from "./application.ts";
import { parseJson } from "./parsedFile.ts";

const names = z.record(z.string(), z.unknown()).default({});

/** An entry of `packages`: of lock file versions 2 and 3. */
const entrySchema = z.looseObject({
  name: z.string().optional(),
  version: z.string().optional(),
  link: z.boolean().default(false),
  dev: z.boolean().default(false),
  dependencies: names,
  optionalDependencies: names,
});

/** An entry of `dependencies`: of lock file version 1. */
interface OldEntry {
  readonly version?: string | undefined;
  readonly dev?: boolean | undefined;
  readonly dependencies?: Readonly<Record<string, OldEntry>> | undefined;
}

const oldEntrySchema: z.ZodType<OldEntry> = z.object({
  version: z.string().optional(),
  dev: z.boolean().optional(),
  get dependencies() {
    return z.record(z.string(), oldEntrySchema).optional();
  },
});

const lockSchema = z.looseObject({
  lockfileVersion: z.literal([1, 2, 3]),
  packages: z.record(z.string(), entrySchema).optional(),
  dependencies: z.record(z.string(), oldEntrySchema).default({}),
});

/**
 * Reads `package-lock.json`, versions 1 to 3. Development dependencies are left out: they are not in the container.
 *
 * @throws UserError when it is no JSON, or not npm's
 */
export function readPackageLock(file: string, text: string): NodejsApplication {
  const { packages, dependencies } = parseJson(file, text, lockSchema);
  return {
    language: "nodejs",
    file,
    packages: unique(packages === undefined ? oldEntries(dependencies, true) : entries(packages)),
    notes: [
      "package-lock.json does not say how the application starts or whether it has ES modules: check package.json too",
    ],
  };
}

function entries(packages: Readonly<Record<string, z.infer<typeof entrySchema>>>): AppPackage[] {
  const folders = Object.entries(packages).map(([path, entry]) => {
    const place = path.lastIndexOf("node_modules/");
    return {
      entry,
      parent: path.slice(0, Math.max(0, place)),
      installed: place < 0 ? undefined : path.slice(place + 13),
    };
  });
  // The root and each workspace: they are the application.
  const own = folders.filter(({ installed }) => installed === undefined);
  const asked = new Set(
    own.flatMap(({ entry }) => [...Object.keys(entry.dependencies), ...Object.keys(entry.optionalDependencies)]),
  );
  return folders.flatMap(({ entry, parent, installed }) => {
    if (installed === undefined || entry.link || entry.dev) return [];
    const direct = asked.has(installed) && !parent.includes("node_modules/");
    // `name` is there where the folder has another name than the package.
    return [{ name: entry.name ?? installed, version: versionOf(entry.version), direct }];
  });
}

function oldEntries(dependencies: Readonly<Record<string, OldEntry>>, direct: boolean): AppPackage[] {
  return Object.entries(dependencies).flatMap(([key, entry]) => {
    const [, name = key, version = entry.version] = /^npm:(@?[^@]+)@(.*)$/.exec(entry.version ?? "") ?? [];
    const inside = oldEntries(entry.dependencies ?? {}, false);
    return entry.dev === true ? inside : [{ name, version: versionOf(version), direct }, ...inside];
  });
}

/** `undefined` for a URL or a folder. */
function versionOf(version: string | undefined): string | undefined {
  return npmVersion(version) ?? undefined;
}

/** A package may stand in several folders: each version counts once. */
function unique(packages: readonly AppPackage[]): AppPackage[] {
  const found = new Map<string, AppPackage>();
  for (const one of packages) {
    const key = `${one.name}@${one.version ?? ""}`;
    found.set(key, { ...one, direct: one.direct || found.get(key)?.direct === true });
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
