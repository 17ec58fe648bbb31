import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ArtifactError } from "../../components/artifacts/artifactError.ts";
import { pulumiArchive, recordPulumiChecksum } from "./pulumiChecksum.ts";

/**
 * `npm run pulumi:lock [-- --version <version>]`: records the checksum of the Pulumi CLI, by default in the version of the SDK in package.json. Without
 * it the workflows install none.
 */

const project = join(import.meta.dirname, "../..");
const list = "scripts/ci/pulumi-checksums.txt";

try {
  const { dependencies } = JSON.parse(await readFile(join(project, "package.json"), "utf8")) as {
    dependencies: Record<string, string>;
  };
  const installed = dependencies["@pulumi/pulumi"] ?? "";
  const version = versionOption() ?? installed;
  const checksum = await recordPulumiChecksum({ version, list: join(project, list), keep: [installed] });
  console.log(`${checksum}  ${pulumiArchive(version)}\n${list}: review and commit it`);
} catch (error) {
  if (!(error instanceof ArtifactError)) throw error;
  console.error(`${error.message}; ${list} is as it was`);
  process.exitCode = 1;
}

function versionOption(): string | undefined {
  try {
    const { version } = parseArgs({ options: { version: { type: "string" } } }).values;
    if (version === undefined || /^\d+\.\d+\.\d+$/.test(version)) return version;
  } catch {
    // Said below.
  }
  throw new ArtifactError("usage: npm run pulumi:lock [-- --version <version>], such as 3.270.0");
}
