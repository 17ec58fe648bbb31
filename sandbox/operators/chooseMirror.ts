import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { readIfThere, sha256 } from "../../artifacts/files.ts";
import { readLock } from "../../artifacts/lock.ts";
import { standInsPrefix } from "../../artifacts/mirror.ts";
import { unreachableHosts } from "../../artifacts/reachable.ts";
import { downloadedFile } from "../../artifacts/upstream.ts";
import { everyArtifact } from "../../artifacts/request.ts";
import type { Report } from "../../cli/report.ts";
import { writeStandInMirror } from "../../artifacts/standIns/standInMirror.ts";

/** Where the sandbox looks for release artifacts. */
export interface ChooseMirrorOptions {
  /** The sandbox's cache folder, which gets the stand-ins. */
  cache: string;
  /** The project's folder: it holds `.artifacts` and `artifacts.lock.json`. */
  project: string;
  /** How long upstream has to answer, in milliseconds. @default 3000 */
  timeLimit?: number;
}

/**
 * Decides where the release artifacts come from: the configured mirror; else upstream, where all of it is cached or answers; else
 * hand-written stand-ins, said in one line.
 *
 * @param configuredMirror the setting `artifactsMirror`
 * @returns what `artifactsMirror` is to be for this run; "" is upstream
 */
export async function chooseMirror(
  configuredMirror: string,
  options: ChooseMirrorOptions,
  report: Pick<Report, "note">,
): Promise<string> {
  if (configuredMirror !== "") return configuredMirror;
  const unreachable = await unreachableHosts(await neededUrls(options.project), options.timeLimit ?? 3000);
  if (unreachable.length === 0) return "";
  const folder = await writeStandInMirror(options.cache);
  report.note(
    `stand-ins are installed in place of the real operators: ${unreachable.join(", ")} cannot be reached and artifactsMirror is not set`,
  );
  return `${standInsPrefix}${folder}`;
}

/** URLs that a run needs: those of artifacts that are not cached as they are recorded. */
async function neededUrls(project: string): Promise<string[]> {
  const lock = await readLock(join(project, "artifacts.lock.json"));
  const missing = await Promise.all(
    everyArtifact.map(async (artifact) => {
      const cached = await readIfThere(() => readFile(downloadedFile(join(project, ".artifacts"), artifact)));
      return cached !== undefined && sha256(cached) === lock[artifact.key] ? [] : [artifact.url];
    }),
  );
  return missing.flat();
}
