import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import semver from "semver";

/** What the sandbox needs to know of a folder with a go.mod and a go.sum. */
export interface GoModule {
  folder: string;
  /** Lowest Go version that the module builds with, as `1.26.0`. */
  goVersion: string;
  /** Versions of the modules it requires, as `v1.36.3`, by module path. */
  requires: ReadonlyMap<string, string>;
  /** The text of go.mod, go.sum and code of our own, hashed: what a build depends on besides Go and its flags. */
  hash: string;
}

/** @throws when the folder has no go.mod or no go.sum */
export function readGoModule(folder: string): GoModule {
  const mod = readFileSync(join(folder, "go.mod"), "utf8");
  const sum = readFileSync(join(folder, "go.sum"), "utf8");
  const hash = createHash("sha256").update(mod).update("\0").update(sum);
  for (const file of ownCode(folder)) hash.update(`\0${file}\0`).update(readFileSync(join(folder, file)));
  return { folder, ...parseGoMod(mod), hash: hash.digest("hex") };
}

/** Code of a program of ours, and of modules below it that stand for others. */
function ownCode(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return files.filter((file) => file.endsWith(".go") || file.endsWith("/go.mod")).sort();
}

/** The `go` and `require` lines of a go.mod. */
export function parseGoMod(text: string): Pick<GoModule, "goVersion" | "requires"> {
  const goVersion = /^go (\d+\.\d+(?:\.\d+)?)/m.exec(text)?.[1];
  if (goVersion === undefined) throw new Error("go.mod has no go line");
  const blocks = [...text.matchAll(/^require \(\n([^)]*)\)/gm)].map((match) => match[1] ?? "");
  const singles = [...text.matchAll(/^require ([^(\n]+)$/gm)].map((match) => match[1] ?? "");
  const lines = [...blocks, ...singles].flatMap((block) => block.split("\n"));
  const requires = new Map<string, string>();
  for (const line of lines) {
    const [path, version] = line.trim().split(/\s+/);
    if (path && version) requires.set(path, version);
  }
  return { goVersion, requires };
}

/** The module of those required that a package is in; undefined when it is in none. */
export function moduleOf(path: string, requires: GoModule["requires"]): string | undefined {
  const contains = (module: string) => `${path}/`.startsWith(`${module}/`);
  return [...requires.keys()].filter(contains).sort((a, b) => b.length - a.length)[0];
}

/** Whether version `a` is lower than `b`; a missing part counts as 0. */
export function isOlder(a: string, b: string): boolean {
  return semver.lt(semver.coerce(a) ?? "0.0.0", semver.coerce(b) ?? "0.0.0");
}
