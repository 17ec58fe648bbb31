import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileSha256 } from "../../artifacts/files.ts";
import { ownPlatform, type ReleasedName, releaseKey, releaseOf } from "../../artifacts/programs/releases.ts";

/**
 * Writes a file as upstream releases it, with programs of ours in it, where a mirror has it.
 *
 * @param mirror folder of the mirror
 * @param programs of one release: a file each
 * @returns its key in programs.lock.json, with its checksum
 */
export async function writeRelease(
  mirror: string,
  programs: Partial<Record<ReleasedName, string>>,
  version: string,
): Promise<Record<string, string>> {
  const platform = ownPlatform();
  if (platform === undefined) throw new Error("nothing is released for this system");
  const source = mkdtempSync(join(mirror, "source-"));
  const members: string[] = [];
  let key = "";
  for (const [name, file] of Object.entries(programs) as [ReleasedName, string][]) {
    const release = releaseOf(name, version, platform);
    if (release === undefined) throw new Error(`${name} is not released for this system`);
    const { member = name } = release;
    mkdirSync(dirname(join(source, member)), { recursive: true });
    copyFileSync(file, join(source, member));
    key = releaseKey(release);
    members.push(member);
  }
  const target = join(mirror, "programs", key);
  mkdirSync(dirname(target), { recursive: true });
  if (key.endsWith(".gz")) execFileSync("tar", ["-czf", target, "-C", source, ...members]);
  else if (key.endsWith(".zip")) execFileSync("zip", ["-q", target, ...members], { cwd: source });
  else copyFileSync(join(source, members[0] ?? ""), target);
  rmSync(source, { recursive: true });
  return { [key]: await fileSha256(target) };
}
