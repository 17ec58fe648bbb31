import { join } from "node:path";
import { ArtifactError } from "../artifacts/artifactError.ts";
import { imageLockName } from "../catalog/imageDigests.ts";
import { everyImage } from "../catalog/imageRegistry.ts";
import { npmCommand, runScript } from "../cli/command.ts";
import { UserError } from "../cli/errors.ts";
import { recordDigests } from "./imagesLock/recordDigests.ts";

const project = join(import.meta.dirname, "..");

const command = npmCommand(
  "images:lock",
  "Records the digests of all images, as their registries have them: the stack then pulls by digest.",
  "",
);

await runScript(command, async () => {
  try {
    const lock = await recordDigests(everyImage(), join(project, imageLockName));
    for (const [image, digest] of Object.entries(lock)) console.log(`sha256:${digest}  ${image}`);
    console.log(`${imageLockName} holds ${Object.keys(lock).length} digests: review and commit it`);
  } catch (error) {
    if (!(error instanceof ArtifactError)) throw error;
    throw new UserError(`${error.message}; ${imageLockName} is as it was`);
  }
});
// Not left to the other downloads, which would go on trying.
process.exit();
