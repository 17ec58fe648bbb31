import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { chartFormat } from "./manifests/bundleChart.ts";
import type { BundlePatches } from "./manifests/bundlePatches.ts";
import { type Artifact, bundleArtifact, chartArtifact } from "./artifact.ts";
import type { BundleSpec, ChartSpec } from "../catalog/versions.ts";
import { ArtifactError } from "./artifactError.ts";
import { type BundleFile, chartFolder } from "./chartFolder.ts";
import type { DownloadOptions } from "./download.ts";
import { sha256 } from "./files.ts";
import { keepChart } from "./keepChart.ts";
import { addToLock, checkMirrored, checkMirrorRecorded, checkRecorded, type Lock, readLock } from "./lock.ts";
import { openMirror, standInsPrefix } from "./mirror.ts";
import { type ChartPatches, withPlainPatches } from "./plainChart.ts";
import { type ReadFile, readUpstream } from "./upstream.ts";

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

/** What a `kubernetes.helm.v3.Release` takes of a chart that passed its checksum. */
export interface HelmChart {
  /** The packed chart, relative to the project where `folder` is. The same on every machine. */
  chart: string;
}

/** What the program installs, under names of its own. */
export interface ArtifactsRequest<Bundles extends string = string, Charts extends string = string> {
  bundles: Readonly<Record<Bundles, { spec: BundleSpec; patches: BundlePatches }>>;
  /** A chart's values say the same; the patches are for one that a mirror holds as plain objects. */
  charts: Readonly<Record<Charts, { spec: ChartSpec; patches: ChartPatches }>>;
}

export interface ArtifactsOptions {
  /** The setting `artifactsMirror`: a folder or URL; "" takes everything from upstream. */
  mirror: string;
  /** The setting `artifactsLocked`: whether an artifact without a recorded checksum is an error. */
  locked: boolean;
  /** Whether nobody reads a warning: then a first use of upstream's is an error too. */
  unattended: boolean;
  /** Folder for downloads and charts. @default ".artifacts" */
  folder?: string;
  /** File with the recorded checksums. @default "artifacts.lock.json" */
  lockFile?: string;
  /** Limits for downloads. */
  download?: DownloadOptions;
}

/** Where artifacts are read from, and what is to be said when all could be used. */
interface Source {
  read: (artifact: Artifact) => Promise<ReadFile>;
  finish: () => Promise<void>;
}

/**
 * Gets everything that Helm installs: artifacts are downloaded (or read from the mirror, or from the cache) and checked; bundles are patched
 * and written as local charts, charts are copied next to them. Unchanged ones cost milliseconds.
 *
 * @throws pulumi.RunError in one line that says which artifact, where from, and what is wrong; the program registers nothing then
 */
export async function prepareArtifacts<Bundles extends string, Charts extends string>(
  request: ArtifactsRequest<Bundles, Charts>,
  options: ArtifactsOptions,
): Promise<{ bundles: Record<Bundles, BundleChart>; charts: Record<Charts, HelmChart> }> {
  const { folder = ".artifacts" } = options;
  const chartsFolder = join(folder, "charts");
  const stop = new AbortController();
  const download = { ...options.download, signal: stop.signal };
  try {
    const artifacts = [
      ...Object.values<{ spec: BundleSpec }>(request.bundles).map(({ spec }) => bundleArtifact(spec)),
      ...Object.values<{ spec: ChartSpec }>(request.charts).map(({ spec }) => chartArtifact(spec)),
    ];
    const { read, finish } = await openSource(artifacts, { ...options, folder, download });
    const bundles = await mapRecord(request.bundles, stop, async ({ spec, patches }) =>
      toBundleChart(chartsFolder, { ...spec, ...(await read(bundleArtifact(spec))) }, patches),
    );
    const charts = await mapRecord(request.charts, stop, async ({ spec, patches }) => {
      const { content, source } = await read(chartArtifact(spec));
      return toHelmChart(chartsFolder, { ...spec, content, source }, patches);
    });
    // Last: only what could be used is recorded.
    await finish();
    return { bundles, charts };
  } catch (error) {
    throw userError(error, folder);
  }
}

async function openSource(
  artifacts: readonly Artifact[],
  options: ArtifactsOptions & { folder: string; download: DownloadOptions },
): Promise<Source> {
  const { mirror: location, locked, unattended, lockFile = "artifacts.lock.json" } = options;
  const keys = artifacts.map(({ key }) => key);
  if (location.startsWith(standInsPrefix)) return standIns(location, lockFile);
  const lock = await readLock(lockFile);
  if (location !== "") {
    if (locked) checkMirrorRecorded(keys, lock, lockFile, location);
    return mirrored(location, lock, lockFile, options.download);
  }
  if (locked || unattended) checkRecorded(keys, lock, lockFile);
  return upstream(lock, lockFile, options);
}

function upstream(lock: Lock, lockFile: string, options: { folder: string; download: DownloadOptions }): Source {
  const firstUsed: Record<string, string> = {};
  return {
    read: async (artifact) => {
      const file = await readUpstream(artifact, { ...options, lock, lockFile });
      if (lock[artifact.key] === undefined) firstUsed[artifact.key] = sha256(file.content);
      return file;
    },
    finish: async () => {
      const recorded = Object.keys(firstUsed).join(", ");
      if (recorded === "") return;
      await addToLock(lockFile, firstUsed);
      await pulumi.log.warn(`${lockFile}: recorded the checksum of ${recorded} on first use: review and commit it`);
    },
  };
}

async function mirrored(location: string, lock: Lock, lockFile: string, download: DownloadOptions): Promise<Source> {
  const mirror = await openMirror(location, download);
  const unrecorded: string[] = [];
  return {
    read: async ({ key, path }) => {
      const file = await mirror.read(path);
      if (!checkMirrored(lock, key, sha256(file.content), file.source, lockFile)) unrecorded.push(key);
      return file;
    },
    finish: async () => {
      if (unrecorded.length === 0) return;
      await pulumi.log.warn(
        `artifactsMirror: only the mirror itself says what ${unrecorded.sort().join(", ")} must be: ` +
          `record them by "npm run artifacts:lock -- --mirror ${location}"`,
      );
    },
  };
}

async function standIns(location: string, lockFile: string): Promise<Source> {
  const mirror = await openMirror(location);
  return {
    read: ({ path }) => mirror.read(path),
    finish: () => pulumi.log.warn(`stand-ins in place of the real operators are held to nothing in ${lockFile}`),
  };
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

async function toHelmChart(
  charts: string,
  { name, version, content, source }: BundleFile,
  patches: ChartPatches,
): Promise<HelmChart> {
  // Copied, with a hash in the name: a preview is the same wherever the chart is from, and another content is a change.
  const hash = sha256(JSON.stringify([chartFormat, sha256(content), patches])).slice(0, 12);
  const file = join(charts, `${name}-${version}-${hash}.tgz`);
  await keepChart(file, () => withPlainPatches(content, patches, source));
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
