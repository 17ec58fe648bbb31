import { join } from "node:path";
import { Option } from "commander";
import { ArtifactError } from "../artifacts/artifactError.ts";
import { fillLock } from "../artifacts/fillLock.ts";
import { everyArtifact } from "../artifacts/request.ts";
import { npmCommand, runScript } from "../cli/command.ts";
import { UserError } from "../cli/errors.ts";

const lockFile = join(import.meta.dirname, "..", "artifacts.lock.json");

const command = npmCommand(
  "artifacts:lock",
  "Records the checksums of upstream's release artifacts, which production and CI insist on.",
  "",
).addOption(
  new Option("--mirror <folder or URL>", "record those of the files that this mirror has packed anew").default(
    "",
    "none",
  ),
);

await runScript(command, async () => {
  try {
    const lock = await fillLock(everyArtifact, lockFile, command.opts<{ mirror: string }>());
    for (const [artifact, checksum] of Object.entries(lock)) console.log(`${checksum}  ${artifact}`);
    console.log(`artifacts.lock.json holds ${Object.keys(lock).length} checksums: review and commit it`);
  } catch (error) {
    if (!(error instanceof ArtifactError)) throw error;
    throw new UserError(`${error.message}; artifacts.lock.json is as it was`);
  }
});
// Not left to the other downloads, which would go on trying.
process.exit();
