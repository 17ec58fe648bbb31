import { lstatSync, readdirSync } from "node:fs";
import path from "node:path";

/** Bytes that a file, or all files below a folder, take on the disk: holes in them take none. */
export function bytesBelow(place: string): number {
  const found = lstatSync(place);
  if (!found.isDirectory()) return found.blocks * 512;
  return readdirSync(place).reduce((sum, name) => sum + bytesBelow(path.join(place, name)), 0);
}
