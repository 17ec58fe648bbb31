import { basename, join, resolve } from "node:path";
import { Option } from "commander";
import { ArtifactError } from "../artifacts/artifactError.ts";
import { fillMirror, listedFiles } from "../artifacts/fillMirror.ts";
import { readLock } from "../artifacts/lock.ts";
import { programPath } from "../artifacts/programs/mirrorProgram.ts";
import {
  lockFileName,
  ownPlatform,
  type Platform,
  platforms,
  releaseKey,
  releaseUrl,
} from "../artifacts/programs/releases.ts";
import { everyArtifact } from "../artifacts/request.ts";
import { imageDigests, imageLockName } from "../catalog/imageDigests.ts";
import { everyImage } from "../catalog/imageRegistry.ts";
import { npmCommand, runScript, withJson } from "../cli/command.ts";
import { UserError } from "../cli/errors.ts";
import { lockFile } from "../cli/lockFile.ts";
import { everyRelease } from "./programsLock/everyRelease.ts";

const project = join(import.meta.dirname, "..");
const named = new Map<string, Platform>(platforms.map((platform) => [`${platform.os}-${platform.arch}`, platform]));
const own = ownPlatform();

const command = withJson(
  npmCommand(
    "mirror",
    "Fills a folder for the setting artifactsMirror: charts, release manifests, the sandbox's programs, the list of images, and the checksums of all.",
    "/srv/mirror",
  )
    .argument("<folder>", "where it is made, or brought up to date")
    .addOption(new Option("--from <folder or URL>", "another mirror to read from").default("", "upstream"))
    .addOption(
      new Option("--system <system>", "what the programs are for")
        .choices([...named.keys()])
        .default(own === undefined ? undefined : `${own.os}-${own.arch}`, "this machine's"),
    ),
  `{"folder", "files", "unrecorded", "undigested"}
  "files"       paths in the folder
  "unrecorded"  programs of which ${lockFileName} has no checksum: not in the mirror
  "undigested"  images of which ${imageLockName} has no digest: listed by their tags`,
);

await runScript(command, async () => {
  const folder = resolve(command.args[0] ?? "");
  const { from, system } = command.opts<{ from: string; system?: string }>();
  try {
    const lock = await readLock(join(project, lockFileName));
    // Those of another system, which an earlier run has put there, stay.
    const listed = new Set(await listedFiles(folder));
    const isThere = (platform: Platform) =>
      everyRelease([platform]).some((release) => listed.has(programPath(releaseKey(release))));
    const systems = platforms.filter((platform) => platform === named.get(system ?? "") || isThere(platform));
    const keyed = new Map(everyRelease(systems).map((release) => [releaseKey(release), release] as const));
    const programs = [...keyed].flatMap(([key, release]) => {
      const checksum = lock[key];
      return checksum === undefined ? [] : [{ key, url: releaseUrl(release, checksum), checksum }];
    });
    const images = Object.fromEntries(everyImage().map((image) => [image, imageDigests[image]]));
    const files = await fillMirror(everyArtifact, folder, {
      ...{ from, programs, images },
      lockFile: join(project, "artifacts.lock.json"),
      hold: () =>
        lockFile(join(folder, ".lock"), ({ pid }) => {
          console.error(`waiting for process ${pid}, which fills ${folder}`);
        }),
    });
    const unrecorded = [...keyed.keys()].filter((key) => lock[key] === undefined).map((key) => basename(key));
    note(unrecorded, `${lockFileName} has no checksum of it: "npm run programs:lock" records it; not in the mirror`);
    const undigested = Object.entries(images).flatMap(([image, digest]) => (digest === undefined ? [image] : []));
    note(undigested, `${imageLockName} has no digest of it: "npm run images:lock" records it; listed by its tag`);
    const next = `set artifactsMirror to ${folder}; a registry for images.registry has to hold what images.txt lists`;
    return {
      text: [...files.map((file) => join(folder, file)), next].join("\n"),
      json: { folder, files, unrecorded, undigested },
    };
  } catch (error) {
    if (!(error instanceof ArtifactError)) throw error;
    throw new UserError(`${error.message}; ${join(folder, "SHA256SUMS")} is as it was`);
  }
});
// Connections that are kept open must not keep the process.
process.exit();

/** Says in one line what some things lack. */
function note(names: readonly string[], lack: string): void {
  const [first, ...others] = names;
  if (first === undefined) return;
  console.error(`${first}${others.length > 0 ? ` and ${others.length} more` : ""}: ${lack}`);
}
