import { resolve } from "node:path";
import { pinnedVersions } from "./requirements.ts";
import { readText } from "./textFile.ts";

/** What the operator's image for Python holds, resolved. */
const lock = resolve(import.meta.dirname, "../../sandbox/telemetry/python/requirements.lock");

/** Versions of the Python packages that are injected, by name. */
export function injectedPackages(): Map<string, string> {
  return pinnedVersions(lock, readText);
}
