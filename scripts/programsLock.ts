import { join } from "node:path";
import { ArtifactError } from "../artifacts/artifactError.ts";
import { npmCommand, runScript, UsageError } from "../cli/command.ts";
import { UserError } from "../cli/errors.ts";
import { lockFileName, type Release, releaseOf, sdkVersion } from "../artifacts/programs/releases.ts";
import { everyRelease } from "./programsLock/everyRelease.ts";
import { recordReleases } from "./programsLock/recordReleases.ts";

const project = join(import.meta.dirname, "..");

const command = npmCommand(
  "programs:lock",
  "Records the checksums of the programs that upstream releases: without it they are built, and the workflows install no Pulumi CLI.",
  "--pulumi 3.270.0",
).option(
  "--pulumi <version>",
  "of the CLI, besides those in use: such as one that Renovate proposes (default: none)",
  parseVersion,
);

await runScript(command, async () => {
  try {
    const { pulumi } = command.opts<{ pulumi?: string }>();
    const lock = await recordReleases(withCli(pulumi), join(project, lockFileName));
    for (const [release, checksum] of Object.entries(lock)) console.log(`${checksum}  ${release}`);
    console.log(`${lockFileName} holds ${Object.keys(lock).length} checksums: review and commit it`);
  } catch (error) {
    if (!(error instanceof ArtifactError)) throw error;
    throw new UserError(`${error.message}; ${lockFileName} is as it was`);
  }
});

/** Those that the sandbox runs, and the CLI that the workflows install: that of the SDK. */
function withCli(pulumi = sdkVersion("pulumi")): Release[] {
  const cli = [sdkVersion("pulumi"), pulumi].map((version) =>
    releaseOf("pulumi", `v${version}`, { os: "linux", arch: "amd64" }),
  );
  return [...cli.filter((release) => release !== undefined), ...everyRelease()];
}

function parseVersion(text: string): string {
  if (/^\d+\.\d+\.\d+$/.test(text)) return text;
  throw new UsageError(`--pulumi "${text}": allowed is a version such as 3.270.0`);
}
