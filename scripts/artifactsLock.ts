import { join } from "node:path";
import { ArtifactError } from "../components/artifacts/artifactError.ts";
import { fillLock } from "../components/artifacts/fillLock.ts";
import { bundles } from "../components/versions.ts";

/** `npm run artifacts:lock`: records the checksums of upstream's release manifests, which production and CI insist on. */

const lockFile = join(import.meta.dirname, "..", "artifacts.lock.json");

try {
  const lock = await fillLock(Object.values(bundles), lockFile);
  for (const [bundle, checksum] of Object.entries(lock)) console.log(`${checksum}  ${bundle}`);
  console.log(`artifacts.lock.json holds ${Object.keys(lock).length} checksums: review and commit it`);
} catch (error) {
  if (!(error instanceof ArtifactError)) throw error;
  console.error(`${error.message}; artifacts.lock.json is as it was`);
  // Not left to the other downloads, which would go on trying.
  process.exit(1);
}
