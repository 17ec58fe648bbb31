import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

const folder = resolve(import.meta.dirname, "../..", process.env["ARTIFACTS_MIRROR"] ?? "../shared/artifacts");

/** A mirror of the real release artifacts; `undefined` where there is none, and tests make do with stand-ins. */
export const mirror: string | undefined = existsSync(join(folder, "SHA256SUMS")) ? folder : undefined;
