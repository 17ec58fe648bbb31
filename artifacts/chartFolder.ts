import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type BundleFacts, bundleChart, chartFormat } from "./manifests/bundleChart.ts";
import type { BundlePatches } from "./manifests/bundlePatches.ts";
import { sha256 } from "./files.ts";
import { keepChart } from "./keepChart.ts";

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
 * @throws ArtifactError as `bundleChart` and `keepChart` do; then nothing is written
 */
export async function chartFolder(
  charts: string,
  bundle: BundleFile,
  patches: BundlePatches,
): Promise<{ path: string; facts: BundleFacts }> {
  const { name, version, content, source } = bundle;
  const hash = sha256(JSON.stringify([chartFormat, name, version, sha256(content), patches])).slice(0, 12);
  const path = join(charts, `${name}-${version}-${hash}`);
  await keepChart(path, () => bundleChart(bundle, Buffer.from(content).toString("utf8"), patches, source).files);
  return { path, facts: JSON.parse(await readFile(join(path, "facts.json"), "utf8")) as BundleFacts };
}
