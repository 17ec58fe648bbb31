import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { standInsPrefix } from "../../artifacts/mirror.ts";
import { writeStandInMirror } from "../../artifacts/standIns/standInMirror.ts";

let folder: Promise<string> | undefined;

/** The setting `artifactsMirror` for stand-ins, so that the program runs where no artifact can be had. */
export async function standInMirror(): Promise<string> {
  return `${standInsPrefix}${await standInFolder()}`;
}

/** The stand-ins' folder. Made once, and gone with the process. */
export function standInFolder(): Promise<string> {
  folder ??= make();
  return folder;
}

async function make(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), "fluffy-observability-stand-ins-"));
  process.once("exit", () => {
    rmSync(made, { recursive: true, force: true });
  });
  return writeStandInMirror(made);
}
