import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ArtifactError } from "../../components/artifacts/artifactError.ts";
import { npmCommand, runScript, UsageError } from "../../sandbox/command.ts";
import { UserError } from "../../sandbox/errors.ts";
import { pulumiArchive, recordPulumiChecksum } from "./pulumiChecksum.ts";

const project = join(import.meta.dirname, "../..");
const list = "scripts/ci/pulumi-checksums.txt";

const command = npmCommand(
  "pulumi:lock",
  "Records the checksum of the Pulumi CLI: without it the workflows install none.",
  "--version 3.270.0",
).option("--version <version>", "its version (default: that of the SDK in package.json)", parseVersion);

await runScript(command, async () => {
  try {
    const { dependencies } = JSON.parse(await readFile(join(project, "package.json"), "utf8")) as {
      dependencies: Record<string, string>;
    };
    const installed = dependencies["@pulumi/pulumi"] ?? "";
    const { version = installed } = command.opts<{ version?: string }>();
    const checksum = await recordPulumiChecksum({ version, list: join(project, list), keep: [installed] });
    console.log(`${checksum}  ${pulumiArchive(version)}\n${list}: review and commit it`);
  } catch (error) {
    if (!(error instanceof ArtifactError)) throw error;
    throw new UserError(`${error.message}; ${list} is as it was`);
  }
});

function parseVersion(text: string): string {
  if (/^\d+\.\d+\.\d+$/.test(text)) return text;
  throw new UsageError(`--version "${text}": allowed is a version such as 3.270.0`);
}
