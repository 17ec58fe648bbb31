import { imageLockName } from "../catalog/imageDigests.ts";
import { everyImage } from "../catalog/imageRegistry.ts";
import { npmCommand, runScript, withJson } from "../cli/command.ts";
import { recordDigests } from "./imagesLock/recordDigests.ts";
import { lockFindings, lockForm } from "./lockFindings.ts";

const command = withJson(
  npmCommand(
    "images:lock",
    "Records the digests of all images, as their registries have them: the stack then pulls by digest.",
    "",
  ),
  lockForm,
);

await runScript(command, () => lockFindings(imageLockName, (file) => recordDigests(everyImage(), file)));
// Not left to the other downloads, which would go on trying.
process.exit();
