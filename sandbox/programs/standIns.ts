import { execFile } from "node:child_process";
import { copyFileSync, readdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { type GoModule, moduleOf } from "./goModule.ts";

/** Folder of a Go module of ours with packages that stand for those of dependencies, each at its import path. Go passes it over. */
const FOLDER = "_standins";

/** Import paths of the packages that a module of ours has stand-ins for. */
export function standInPackages({ folder }: Pick<GoModule, "folder">): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const own = files.filter((file) => file.startsWith(`${FOLDER}/`) && file.endsWith(".go"));
  return [...new Set(own.map((file) => dirname(file).slice(FOLDER.length + 1)))].sort();
}

/**
 * Writes a go.mod and an overlay with which a build takes the stand-ins for packages of dependencies. Go lets nobody replace files of
 * its module cache: it replaces the modules by folders that are on no disk, and the overlay fills those with the modules' own files
 * and the stand-ins. Nothing is copied. What a package embeds stays beside its stand-in.
 *
 * @param place what is written begins with this path
 * @returns arguments of go, none for a module without stand-ins
 * @throws Error when go.mod requires no module of a stand-in
 */
export async function writeStandIns(module: GoModule, place: string, env: NodeJS.ProcessEnv): Promise<string[]> {
  const packages = standInPackages(module);
  if (packages.length === 0) return [];
  const paths = packages.map((path) => {
    const found = moduleOf(path, module.requires);
    if (found === undefined) throw new Error(`${module.folder}/go.mod does not require the module of ${path}`);
    return found;
  });
  const folders = await moduleFolders([...new Set(paths)], module.folder, env);
  const seeming = (path: string, file = "") => join(`${place}.modules`, path, file);
  const files = [...folders].flatMap(([path, folder]) =>
    filesToBuild(folder)
      .filter((file) => !file.endsWith(".go") || !packages.includes(join(path, dirname(file))))
      .map((file) => [seeming(path, file), join(folder, file)] as const),
  );
  const own = packages.flatMap((path) => {
    const folder = join(module.folder, FOLDER, path);
    return readdirSync(folder).map((file) => [seeming(path, file), join(folder, file)] as const);
  });
  const [mod, overlay] = [`${place}.mod`, `${place}.overlay`];
  for (const [from, to] of Object.entries({ "go.mod": mod, "go.sum": `${place}.sum` }))
    copyFileSync(join(module.folder, from), to);
  const replacements = [...folders.keys()].map((path) => `-replace=${path}=${seeming(path)}`);
  await promisify(execFile)("go", ["mod", "edit", ...replacements, mod], { cwd: module.folder, env });
  writeFileSync(overlay, JSON.stringify({ Replace: Object.fromEntries([...files, ...own]) }));
  return ["-modfile", mod, "-overlay", overlay];
}

/** Most of a module's files may be what its tests read. */
function filesToBuild(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .filter((file) => !file.split("/").includes("testdata") && !basename(file).endsWith("_test.go"));
}

/**
 * Folders of modules in go's cache, which fetches and checks what it does not have.
 *
 * @param source folder of a module that requires them
 */
async function moduleFolders(
  modules: readonly string[],
  source: string,
  env: NodeJS.ProcessEnv,
): Promise<Map<string, string>> {
  const go = (...args: string[]) => promisify(execFile)("go", args, { cwd: source, env });
  await go("mod", "download", ...modules);
  const { stdout } = await go("list", "-mod=readonly", "-m", "-f", "{{.Path}}\t{{.Dir}}", ...modules);
  return new Map(
    stdout
      .trim()
      .split("\n")
      .map((line) => line.split("\t") as [string, string]),
  );
}
