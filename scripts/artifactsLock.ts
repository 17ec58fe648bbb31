import { join } from "node:path";
import { parseArgs } from "node:util";
import { ArtifactError } from "../components/artifacts/artifactError.ts";
import { fillLock } from "../components/artifacts/fillLock.ts";
import { everyArtifact } from "../components/platformArtifacts.ts";

/**
 * `npm run artifacts:lock [-- --mirror <folder or URL>]`: records the checksums of upstream's release artifacts, which production and CI insist on, or
 * those of the files that a mirror has packed anew.
 */

const lockFile = join(import.meta.dirname, "..", "artifacts.lock.json");

try {
  const lock = await fillLock(everyArtifact, lockFile, { mirror: mirrorOption() });
  for (const [artifact, checksum] of Object.entries(lock)) console.log(`${checksum}  ${artifact}`);
  console.log(`artifacts.lock.json holds ${Object.keys(lock).length} checksums: review and commit it`);
} catch (error) {
  if (!(error instanceof ArtifactError)) throw error;
  console.error(`${error.message}; artifacts.lock.json is as it was`);
  // Not left to the other downloads, which would go on trying.
  process.exit(1);
}

function mirrorOption(): string {
  try {
    return parseArgs({ options: { mirror: { type: "string", default: "" } } }).values.mirror;
  } catch {
    throw new ArtifactError("usage: npm run artifacts:lock [-- --mirror <folder or URL>]");
  }
}
