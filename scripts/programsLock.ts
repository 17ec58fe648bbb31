import { npmCommand, runScript, UsageError, withJson } from "../cli/command.ts";
import { lockFileName, type Release, releaseOf, sdkVersion } from "../artifacts/programs/releases.ts";
import { lockFindings, lockForm } from "./lockFindings.ts";
import { everyRelease } from "./programsLock/everyRelease.ts";
import { recordReleases } from "./programsLock/recordReleases.ts";

const command = withJson(
  npmCommand(
    "programs:lock",
    "Records the checksums of the programs that upstream releases: without it they are built, and the workflows install no Pulumi CLI.",
    "--pulumi 3.270.0",
  ).option(
    "--pulumi <version>",
    "of the CLI, besides those in use: such as one that Renovate proposes (default: none)",
    parseVersion,
  ),
  lockForm,
);

await runScript(command, () => {
  const { pulumi } = command.opts<{ pulumi?: string }>();
  return lockFindings(lockFileName, (file) => recordReleases(withCli(pulumi), file));
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
