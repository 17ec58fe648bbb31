import { join } from "node:path";
import { ArtifactError } from "../artifacts/artifactError.ts";
import { npmCommand, runScript, UsageError } from "../cli/command.ts";
import { UserError } from "../cli/errors.ts";
import { moduleVersion } from "../sandbox/programs/build.ts";
import { catalog, type Tool } from "../sandbox/programs/catalog.ts";
import { readGoModule } from "../sandbox/programs/goModule.ts";
import {
  lockFileName,
  platforms,
  type Release,
  releasedNames,
  releaseOf,
  sdkVersion,
} from "../artifacts/programs/releases.ts";
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
    const lock = await recordReleases(everyRelease(pulumi), join(project, lockFileName));
    for (const [release, checksum] of Object.entries(lock)) console.log(`${checksum}  ${release}`);
    console.log(`${lockFileName} holds ${Object.keys(lock).length} checksums: review and commit it`);
  } catch (error) {
    if (!(error instanceof ArtifactError)) throw error;
    throw new UserError(`${error.message}; ${lockFileName} is as it was`);
  }
});

/** Those that the sandbox runs, and the CLI that the workflows install: that of the SDK. */
function everyRelease(pulumi = sdkVersion("pulumi")): Release[] {
  const cli = [sdkVersion("pulumi"), pulumi].map((version) =>
    releaseOf("pulumi", `v${version}`, { os: "linux", arch: "amd64" }),
  );
  const programs = releasedNames.flatMap((name) => {
    const version = name in catalog ? versionOf(catalog[name as keyof typeof catalog]) : "";
    return platforms.map((platform) => releaseOf(name, version, platform));
  });
  return [...cli, ...programs].filter((release) => release !== undefined);
}

function versionOf(tool: Tool): string {
  return moduleVersion(tool, readGoModule(join(project, "tools", tool.module)));
}

function parseVersion(text: string): string {
  if (/^\d+\.\d+\.\d+$/.test(text)) return text;
  throw new UsageError(`--pulumi "${text}": allowed is a version such as 3.270.0`);
}
