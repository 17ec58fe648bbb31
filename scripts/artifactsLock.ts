import { Option } from "commander";
import { fillLock } from "../artifacts/fillLock.ts";
import { everyArtifact } from "../artifacts/request.ts";
import { npmCommand, runScript, withJson } from "../cli/command.ts";
import { lockFindings, lockForm } from "./lockFindings.ts";

const command = withJson(
  npmCommand(
    "artifacts:lock",
    "Records the checksums of upstream's release artifacts, which production and CI insist on.",
    "",
  ).addOption(
    new Option("--mirror <folder or URL>", "record those of the files that this mirror has packed anew").default(
      "",
      "none",
    ),
  ),
  lockForm,
);

await runScript(command, () =>
  lockFindings("artifacts.lock.json", (file) => fillLock(everyArtifact, file, command.opts<{ mirror: string }>())),
);
// Not left to the other downloads, which would go on trying.
process.exit();
