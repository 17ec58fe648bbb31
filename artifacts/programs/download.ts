import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, copyFile, mkdir, rename, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { type DownloadFileOptions, downloadFile } from "../downloadFile.ts";
import { fileSha256 } from "../files.ts";
import type { Lock } from "../lock.ts";
import { isListed, isRemote } from "../mirror.ts";
import { unreachableHosts } from "../reachable.ts";
import { ArtifactError } from "../artifactError.ts";
import { programPath, programSource } from "./mirrorProgram.ts";
import { lastLine, UserError } from "../../cli/errors.ts";
import { makeOnce } from "../../cli/makeOnce.ts";
import type { Activity, Report } from "../../cli/report.ts";
import {
  lockFileName,
  ownPlatform,
  type ReleasedName,
  releasedNames,
  releaseKey,
  releaseOf,
  releaseUrl,
} from "./releases.ts";

/** A file of a release to download, and the place of its programs. */
export interface Download {
  url: string;
  /** Where a mirror has it below `programs/`, and its key in programs.lock.json. */
  key: string;
  /** As it is recorded. */
  checksum: string;
  /** Folder of the programs; its name tells release and content, and it is there whole or not at all. */
  folder: string;
  /** Where each program is in the archive; undefined where the file is the program. */
  members: ReadonlyMap<ReleasedName, string | undefined>;
  /** Where a program of it is once it is downloaded. */
  fileOf: (name: string) => string;
}

/** More would only share the same line. */
const AT_ONCE = 4;

/** Whoever has upstream at hand has its answer in a moment; without it the programs are built. */
const REACHABLE_MS = 5000;

const MEGABYTE = 1_000_000;

/**
 * What to download for a program.
 *
 * @param name of any program
 * @param version of its module, as `v1.36.3`
 * @param lock recorded checksums
 * @returns undefined where it is not released for this system or its checksum is not recorded
 */
export function planDownload(
  name: string,
  version: string,
  lock: Lock,
  cache: string,
  platform = ownPlatform(),
): Download | undefined {
  const release = platform === undefined ? undefined : releaseOf(name, version, platform);
  if (platform === undefined || release === undefined) return undefined;
  const key = releaseKey(release);
  const checksum = lock[key];
  if (checksum === undefined) return undefined;
  // One archive may hold several: all of them are taken at once.
  const members = releasedNames.flatMap((each) => {
    const other = releaseOf(each, version, platform);
    return other !== undefined && releaseKey(other) === key ? [[each, other.member] as const] : [];
  });
  const folder = join(cache, "tools", `${basename(key)}-${checksum.slice(0, 8)}`);
  return {
    ...{ url: releaseUrl(release, checksum), key, checksum, folder, members: new Map(members) },
    fileOf: (program) => join(folder, program),
  };
}

/**
 * Downloads releases, several at a time, and puts their programs in their places.
 *
 * @param cache folder that gets the downloads
 * @param mirror a folder or URL that has them; "" takes them from upstream
 * @returns keys of those that cannot be had: a mirror or release without the file, or upstream that does not answer
 * @throws UserError when a file has another checksum than the recorded one; ArtifactError when a download breaks off, or a mirror does
 * not have a file that it lists
 */
export async function downloadAll(
  downloads: readonly Download[],
  { cache, mirror }: { cache: string; mirror: string },
  report: Report,
): Promise<Set<string>> {
  const wanted = [...new Map(downloads.map((each) => [each.key, each])).values()];
  const silent =
    mirror === ""
      ? await unreachableHosts(
          wanted.map(({ url }) => url),
          REACHABLE_MS,
        )
      : [];
  const refused = new Set<string>();
  const refuse = ({ key, members }: Download, why: string) => {
    refused.add(key);
    report.note(`${[...members.keys()].join(" and ")}: ${why}`);
  };
  const [waiting, unreachable] = [[] as Download[], [] as Download[]];
  for (const each of wanted) (silent.includes(new URL(each.url).host) ? unreachable : waiting).push(each);
  for (const each of unreachable) refuse(each, `${new URL(each.url).host} cannot be reached`);
  const total = waiting.length;
  let started = 0;
  const stop = new AbortController();
  const work = async () => {
    for (let each = waiting.shift(); each !== undefined; each = waiting.shift()) {
      const { folder, members } = each;
      const label = `downloading ${[...members.keys()].join(" and ")} (${(started += 1)} of ${total})`;
      const thing = { path: folder, lock: `${folder}.lock`, label, othersDo: "downloads it" };
      await makeOnce(thing, report, async (activity) => {
        const { signal } = stop;
        const { source, request } = programSource(each, mirror, { signal });
        if (await install(each, source, cache, activity, request)) return;
        // A mirror that has lost a file is not whole; one without programs is.
        if (mirror !== "" && (await isListed(mirror, programPath(each.key), { signal }))) {
          throw new ArtifactError(`artifactsMirror: there is no ${source}, which its SHA256SUMS lists`);
        }
        refuse(each, `there is no ${source}`);
      });
    }
  };
  const workers = Array.from({ length: AT_ONCE }, work);
  try {
    await Promise.all(workers);
  } catch (error) {
    stop.abort();
    await Promise.allSettled(workers);
    throw error;
  }
  return refused;
}

/** Resolves to whether there is such a file. The caller holds the folder's lock. */
async function install(
  { checksum, folder, members }: Download,
  place: string,
  cache: string,
  activity: Activity,
  options: DownloadFileOptions,
): Promise<boolean> {
  const isOwn = isRemote(place);
  // Named after its content: whatever an earlier run left in it is gone on from, wherever it came from.
  const file = isOwn ? join(cache, "downloads", `${checksum}.part`) : place;
  if (isOwn) {
    await mkdir(join(cache, "downloads"), { recursive: true });
    const onProgress = (bytes: number, total = 0) => {
      activity.update(`${Math.floor(bytes / MEGABYTE)} of ${Math.ceil(total / MEGABYTE)} MB`);
    };
    if (!(await downloadFile(place, file, { ...options, onProgress }))) return false;
  } else if (!existsSync(file)) return false;
  const found = await fileSha256(file);
  if (found !== checksum) {
    if (isOwn) await rm(file);
    throw new UserError(
      `${place} has checksum ${found}, but ${lockFileName} says ${checksum}: nothing of it is installed`,
    );
  }
  const [unpacked, programs] = [`${folder}.archive`, `${folder}.new`];
  for (const left of [unpacked, programs]) {
    await rm(left, { recursive: true, force: true });
    await mkdir(left);
  }
  for (const [name, member] of members) {
    const program = join(programs, name);
    if (member === undefined) await copyFile(file, program);
    else {
      await unpack(file, member, unpacked, place);
      await rename(join(unpacked, member), program);
    }
    await chmod(program, 0o755);
  }
  await rename(programs, folder);
  await rm(unpacked, { recursive: true });
  if (isOwn) await rm(file);
  return true;
}

/** The system's tar: that of macOS also reads the zip archives which are released for it. */
async function unpack(archive: string, member: string, folder: string, place: string): Promise<void> {
  try {
    await promisify(execFile)("tar", ["-xf", archive, "-C", folder, member]);
  } catch (error) {
    const { message, stderr = "" } = error as Error & { stderr?: string };
    throw new UserError(`cannot take ${member} from ${place}: ${lastLine(stderr) || message}`);
  }
}
