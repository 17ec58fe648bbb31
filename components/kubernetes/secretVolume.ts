import type { Volume } from "../customResources/common.ts";

/** A volume with one key of a Secret, as a file of that name. */
export function secretVolume(name: string, secretName: string, key: string) {
  return { name, secret: { secretName, items: [{ key, path: key }] } } satisfies Volume;
}
