import { join, resolve } from "node:path";
import { ArtifactError } from "../artifacts/artifactError.ts";
import { fillMirror } from "../artifacts/fillMirror.ts";
import { everyArtifact } from "../artifacts/request.ts";
import { everyImage, imageIn } from "../catalog/imageRegistry.ts";
import { npmCommand, runScript } from "../cli/command.ts";
import { UserError } from "../cli/errors.ts";

const lockFile = join(import.meta.dirname, "..", "artifacts.lock.json");

const command = npmCommand(
  "mirror",
  "Fills a folder for the setting artifactsMirror: charts, release manifests, their checksums, and the list of images.",
  "/srv/mirror",
)
  .argument("<folder>", "where it is made, or brought up to date")
  .option("--from <folder or URL>", "another mirror to read from, instead of upstream", "");

await runScript(command, async () => {
  const folder = resolve(command.args[0] ?? "");
  try {
    const files = await fillMirror(everyArtifact, folder, {
      ...command.opts<{ from: string }>(),
      ...{ lockFile, images: everyImage().map((image) => imageIn("", image)) },
    });
    for (const file of files) console.log(join(folder, file));
    console.log(`set artifactsMirror to ${folder}; a registry for images.registry has to hold what images.txt lists`);
  } catch (error) {
    if (!(error instanceof ArtifactError)) throw error;
    throw new UserError(`${error.message}; ${join(folder, "SHA256SUMS")} is as it was`);
  }
});
// Not left to the other downloads, which would go on trying.
process.exit();
