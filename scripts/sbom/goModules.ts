import { parseGoMod } from "../../sandbox/programs/goModule.ts";

/** A Go module at one version. */
export interface GoModuleVersion {
  readonly path: string;
  readonly version: string;
}

/**
 * The modules that a go.mod names, what it replaces them by included. A folder that takes the place of a module is code of this
 * project, and is left out.
 */
export function goModules(goMod: string): GoModuleVersion[] {
  const replaced = new Map(
    [...goMod.matchAll(/^(?:replace)?[ \t]+(\S+)(?: \S+)? => (\S+)(?: (v\S+))?$/gm)].map(
      ([, path = "", by = "", version]) => [path, version === undefined ? undefined : { path: by, version }],
    ),
  );
  return [...parseGoMod(goMod).requires].flatMap(([path, version]) => {
    const module = replaced.has(path) ? replaced.get(path) : { path, version };
    return module === undefined ? [] : [module];
  });
}
