import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { type BundleFacts, bundleChart, chartFormat } from "../operators/bundleChart.ts";
import type { BundlePatches } from "../operators/bundlePatches.ts";
import { readIfThere, sha256, writeFolderAtomically } from "./files.ts";

/** A release manifest that passed its checksum. */
export interface BundleFile {
  name: string;
  version: string;
  content: Uint8Array;
  /** Where it came from, for errors: a file or URL. */
  source: string;
}

/**
 * Makes the local chart of a bundle, or finds it: the folder's name holds a hash of all it is made of, and an unchanged bundle is not
 * even parsed.
 *
 * @param charts folder that holds the charts
 * @returns the chart's folder (inside `charts`) and the bundle's facts
 * @throws ArtifactError as `bundleChart` does; then nothing is written
 */
export async function chartFolder(
  charts: string,
  bundle: BundleFile,
  patches: BundlePatches,
): Promise<{ path: string; facts: BundleFacts }> {
  const { name, version, content, source } = bundle;
  const hash = sha256(JSON.stringify([chartFormat, name, version, sha256(content), patches])).slice(0, 12);
  const path = join(charts, `${name}-${version}-${hash}`);
  const known = await readIfThere(() => readFile(join(path, "facts.json"), "utf8"));
  if (known !== undefined) return { path, facts: JSON.parse(known) as BundleFacts };

  const { files, facts } = bundleChart(bundle, Buffer.from(content).toString("utf8"), patches, source);
  // A folder without facts is what somebody left of a chart; a whole one cannot be replaced by a rename.
  await rm(path, { recursive: true, force: true });
  await writeFolderAtomically(path, files);
  return { path, facts };
}
