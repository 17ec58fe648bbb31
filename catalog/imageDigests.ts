import { readFileSync } from "node:fs";

/** File of the project with the SHA-256 of images by their names, as `npm run images:lock` reads it of their registries. */
export const imageLockName = "images.lock.json";

/** What is recorded: an image with an entry is pulled by its digest. */
export const imageDigests: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(new URL(`../${imageLockName}`, import.meta.url), "utf8"),
) as Record<string, string>;
