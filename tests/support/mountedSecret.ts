import { mkdirSync, readlinkSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";

/**
 * Writes the keys of a Secret as files into a folder, all at once as the kubelet does it: they are links through a link, which is replaced.
 *
 * @param folder where the Secret is mounted; one that is there has the keys already
 * @param values by key
 */
export function mountSecret(folder: string, values: Readonly<Record<string, string>>): void {
  const [data, next] = [path.join(folder, "..data"), path.join(folder, "..next")];
  const version = `..${versionOf(data) + 1}`;
  mkdirSync(path.join(folder, version), { recursive: true });
  for (const [key, value] of Object.entries(values)) writeFileSync(path.join(folder, version, key), value);
  symlinkSync(version, next);
  renameSync(next, data);
  if (version !== "..1") return;
  for (const key of Object.keys(values)) symlinkSync(`..data/${key}`, path.join(folder, key));
}

/** Zero before the first one. */
function versionOf(link: string): number {
  try {
    return Number(readlinkSync(link).slice(2));
  } catch {
    return 0;
  }
}
