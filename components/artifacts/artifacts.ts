import { stat } from "node:fs/promises";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { chartFormat } from "../operators/bundleChart.ts";
import type { BundlePatches } from "../operators/bundlePatches.ts";
import { ArtifactError } from "./artifactError.ts";
import { type BundleFile, chartFolder } from "./chartFolder.ts";
import type { DownloadOptions } from "./download.ts";
import { readIfThere, sha256, writeFileAtomically } from "./files.ts";
import { addToLock, checkRecorded, readLock } from "./lock.ts";
import { type Mirror, openMirror } from "./mirror.ts";
import { withPlainCrdPolicy } from "./plainChart.ts";
import { bundleKey, readUpstream } from "./upstream.ts";

/** A release manifest of an operator. */
export interface BundleSpec {
  /** Name of the chart it becomes, and of its file in a mirror. */
  readonly name: string;
  /** The release's tag, a semantic version with or without `v`. */
  readonly version: string;
  /** Where upstream has it. */
  readonly url: string;
}

/** A chart that Helm fetches. */
export interface ChartSpec {
  /** Name of its file in a mirror. */
  readonly name: string;
  readonly version: string;
  /** The chart's name in `repo`, or its `oci://` address. */
  readonly chart: string;
  /** URL of the chart repository; none for `oci://`. */
  readonly repo?: string;
}

/** A release manifest as a local chart: what a `kubernetes.helm.v3.Release` needs, and what the components must know of it. */
export interface BundleChart {
  name: string;
  version: string;
  /** The chart's folder, relative to the project where `folder` is. The same on every machine, so previews show no change. */
  path: string;
  /** The patches, for the release's values: so a preview shows them. The chart itself reads no value. */
  values: Record<string, unknown>;
  mutatingWebhookConfigurations: string[];
  validatingWebhookConfigurations: string[];
}

/** What a `kubernetes.helm.v3.Release` takes: upstream's chart by version, or the file of a mirror. */
export interface HelmChart {
  chart: string;
  version?: string;
  repositoryOpts?: { repo: string };
}

/** What the program installs, under names of its own. */
export interface ArtifactsRequest<Bundles extends string = string, Charts extends string = string> {
  bundles: Readonly<Record<Bundles, { spec: BundleSpec; patches: BundlePatches }>>;
  /** For a chart from upstream its values decide what happens to CRDs; `crdPolicy` is for one that a mirror holds as plain objects. */
  charts: Readonly<Record<Charts, { spec: ChartSpec; crdPolicy: BundlePatches["crdPolicy"] }>>;
}

export interface ArtifactsOptions {
  /** The setting `artifactsMirror`: a folder or URL; "" takes everything from upstream. */
  mirror: string;
  /** Whether a bundle without a recorded checksum is an error: in production and where `CI` is set. */
  strict: boolean;
  /** Folder for downloads and charts. @default ".artifacts" */
  folder?: string;
  /** File with the checksums of upstream's bundles. @default "artifacts.lock.json" */
  lockFile?: string;
  /** Limits for downloads. */
  download?: DownloadOptions;
}

/**
 * Gets everything that Helm installs: bundles are downloaded (or read from the mirror, or from the cache), checked, patched and written
 * as local charts; charts of a mirror are copied next to them. Unchanged ones cost milliseconds.
 *
 * @throws pulumi.RunError in one line that says which artifact, where from, and what is wrong; the program registers nothing then
 */
export async function prepareArtifacts<Bundles extends string, Charts extends string>(
  request: ArtifactsRequest<Bundles, Charts>,
  options: ArtifactsOptions,
): Promise<{ bundles: Record<Bundles, BundleChart>; charts: Record<Charts, HelmChart> }> {
  const { folder = ".artifacts", lockFile = "artifacts.lock.json", mirror: location, strict } = options;
  const chartsFolder = join(folder, "charts");
  const stop = new AbortController();
  const download = { ...options.download, signal: stop.signal };
  try {
    const mirror = location === "" ? undefined : await openMirror(location, download);
    const lock = mirror ? {} : await readLock(lockFile);
    const specs = Object.values<{ spec: BundleSpec }>(request.bundles).map(({ spec }) => spec);
    if (!mirror && strict) checkRecorded(specs.map(bundleKey), lock, lockFile);

    const firstUsed: Record<string, string> = {};
    const bundles = await mapRecord(request.bundles, stop, async ({ spec, patches }) => {
      const key = bundleKey(spec);
      const bundle = mirror
        ? { ...spec, ...(await mirror.read(`bundles/${key}.yaml`)) }
        : await readUpstream(spec, { folder, lock, lockFile, download });
      const chart = await toBundleChart(chartsFolder, bundle, patches);
      if (!mirror && lock[key] === undefined) firstUsed[key] = sha256(bundle.content);
      return chart;
    });
    const charts = await mapRecord(request.charts, stop, ({ spec, crdPolicy }) =>
      mirror ? mirrorChart(chartsFolder, mirror, spec, crdPolicy) : Promise.resolve(upstreamChart(spec)),
    );
    const recorded = Object.keys(firstUsed).join(", ");
    if (recorded !== "") {
      // Last: only what could be used is recorded.
      await addToLock(lockFile, firstUsed);
      await pulumi.log.warn(`${lockFile}: recorded the checksum of ${recorded} on first use: review and commit it`);
    }
    return { bundles, charts };
  } catch (error) {
    throw userError(error, folder);
  }
}

/** What a user can put right, as an error that Pulumi prints without a stack. */
function userError(error: unknown, folder: string): unknown {
  if (error instanceof ArtifactError) return new pulumi.RunError(error.message);
  // A full disk, or a folder that may not be written.
  const fromSystem = error instanceof Error && "syscall" in error;
  return fromSystem ? new pulumi.RunError(`cannot prepare the charts in ${folder}: ${error.message}`) : error;
}

async function toBundleChart(charts: string, bundle: BundleFile, patches: BundlePatches): Promise<BundleChart> {
  const { path, facts } = await chartFolder(charts, bundle, patches);
  const { mutatingWebhookConfigurations, validatingWebhookConfigurations } = facts;
  const { name, version } = bundle;
  return {
    name,
    version,
    path,
    values: { ...patches },
    mutatingWebhookConfigurations,
    validatingWebhookConfigurations,
  };
}

function upstreamChart({ chart, version, repo }: ChartSpec): HelmChart {
  return { chart, version, ...(repo === undefined ? {} : { repositoryOpts: { repo } }) };
}

async function mirrorChart(
  charts: string,
  mirror: Mirror,
  { name, version }: ChartSpec,
  crdPolicy: BundlePatches["crdPolicy"],
): Promise<HelmChart> {
  const { content } = await mirror.read(`charts/${name}-${version}.tgz`);
  // Copied, with a hash in the name: a preview is the same wherever the mirror is, and another content is a change.
  const hash = sha256(JSON.stringify([chartFormat, sha256(content), crdPolicy])).slice(0, 12);
  const file = join(charts, `${name}-${version}-${hash}.tgz`);
  if ((await readIfThere(() => stat(file))) === undefined) {
    await writeFileAtomically(file, withPlainCrdPolicy(content, crdPolicy));
  }
  return { chart: file };
}

/** One failure ends the others, and is thrown when they have ended: nothing goes on behind an error that is already said. */
async function mapRecord<Key extends string, From, To>(
  record: Readonly<Record<Key, From>>,
  stop: AbortController,
  change: (value: From) => Promise<To>,
): Promise<Record<Key, To>> {
  const entries = Object.entries<From>(record).map(async ([key, value]) => [key, await change(value)] as const);
  try {
    return Object.fromEntries(await Promise.all(entries)) as Record<Key, To>;
  } catch (error) {
    stop.abort();
    await Promise.allSettled(entries);
    throw error;
  }
}
