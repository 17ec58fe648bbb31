import { execFile } from "node:child_process";
import { isAbsolute } from "node:path";
import { promisify } from "node:util";
import { firstProgram, pathFolders } from "../../cli/onPath.ts";

/** A program that hangs when asked for its version is not the one we look for. */
const PROBE_TIMEOUT_MS = 5000;

/**
 * Looks on PATH for a program in exactly the wanted version.
 *
 * @param versionArgs arguments that make it print its version
 * @param version as `v1.36.3`
 * @returns its absolute path, or `undefined`
 */
export function findOnPath(name: string, versionArgs: string[], version: string): Promise<string | undefined> {
  return programOnPath(name, versionArgs, (found) => found === version);
}

/**
 * Looks for a program in a version that fits.
 *
 * @param fits whether a version, as `v1.36.3`, will do
 * @param folders where to look, as in PATH. @default PATH
 */
export async function programOnPath(
  name: string,
  versionArgs: string[],
  fits: (version: string) => boolean,
  folders?: string,
): Promise<string | undefined> {
  // It may be run from another folder.
  const file = firstProgram(name, pathFolders(folders).filter(isAbsolute));
  if (file === undefined) return undefined;
  try {
    // Or `pulumi` asks its service for a newer one, as the user who is logged in there.
    const env = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" };
    const { stdout } = await promisify(execFile)(file, versionArgs, { timeout: PROBE_TIMEOUT_MS, env });
    const version = printedVersion(stdout);
    return version !== undefined && fits(version) ? file : undefined;
  } catch {
    return undefined;
  }
}

/** The first version in a program's output, as `v3.6.5`; a pre-release (`v1.32.4-rc.1`) is part of it, build data is not. */
export function printedVersion(output: string): string | undefined {
  const number = /\bv?(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?)/.exec(output)?.[1];
  return number === undefined ? undefined : `v${number}`;
}
