import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { DownloadOptions } from "../../artifacts/download.ts";
import { readIfThere, writeFileAtomically } from "../../artifacts/files.ts";
import { mirrorKey, readLock, writeLock } from "../../artifacts/lock.ts";
import { bundleChart } from "../../artifacts/manifests/bundleChart.ts";
import type { BundlePatches } from "../../artifacts/manifests/bundlePatches.ts";
import { UserError } from "../../cli/errors.ts";
import { crdsIn, type MirroredCrd } from "../../review/crds/mirroredCrds.ts";
import { type FetchedArtifacts, type FetchedBundle, fetchArtifacts } from "./artifacts.ts";
import { crdChangeLines, crdChanges } from "./crdChanges.ts";
import { type Upgrade, withPartVersion } from "./part.ts";
import { type CustomResource, resourceErrors } from "./resourceErrors.ts";

/** What an upgrade works with. */
export interface UpgradeOptions {
  /** Folder of the project. */
  readonly project: string;
  /** Folder or URL of a mirror; empty for upstream. */
  readonly mirror: string;
  /** What the program registers with the versions that are there. */
  readonly resources: () => Promise<readonly CustomResource[]>;
  /** How the stacks patch a release manifest. */
  readonly patches: (key: FetchedBundle["key"]) => readonly BundlePatches[];
  /** Writes the golden files for the versions in the project's files. */
  readonly makeGolden: () => Promise<void>;
  /** Limits for downloads. */
  readonly download?: DownloadOptions;
}

const versionFiles = ["catalog/versions.ts", "docs/versions.md"];
const lockName = "artifacts.lock.json";

/**
 * Changes the version of a part: checks the new release manifest against what the stacks patch and set, then writes version, checksum and golden
 * files. After a failure all of them are as they were.
 *
 * @returns what changed in the part's CRDs, as lines
 * @throws UserError with a line for each field that the program sets and that the new CRDs do not take
 * @throws ArtifactError when an artifact cannot be had, or a patch finds nothing to change in it
 */
export async function upgrade(plan: Upgrade, options: UpgradeOptions): Promise<string[]> {
  const { project, mirror } = options;
  const { bundles, checksums } = await fetchArtifacts(plan, mirror, options.download);
  for (const { key, spec, after } of bundles) {
    for (const patches of options.patches(key)) bundleChart(spec, after, patches, spec.url);
  }
  const lines = await checkCrds(bundles, options);

  const files = [...versionFiles, lockName].map((name) => join(project, name));
  const before = await Promise.all(files.map((file) => readIfThere(() => readFile(file, "utf8"))));
  try {
    for (const name of versionFiles) {
      const file = join(project, name);
      await writeFileAtomically(file, withPartVersion(await readFile(file, "utf8"), plan));
    }
    await lockArtifacts(join(project, lockName), plan, checksums, mirror);
    await options.makeGolden();
  } catch (error) {
    for (const [index, file] of files.entries()) {
      const text = before[index];
      if (text === undefined) await rm(file, { force: true });
      else await writeFileAtomically(file, text);
    }
    throw error;
  }
  return lines;
}

async function checkCrds(bundles: readonly FetchedBundle[], { resources }: UpgradeOptions): Promise<string[]> {
  const pairs = bundles.map(({ spec, before, after }) => ({
    known: before !== undefined,
    before: before === undefined ? [] : crdsIn(before, spec.url),
    after: crdsIn(after, spec.url),
  }));
  const all = (side: "before" | "after"): MirroredCrd[] => pairs.flatMap((pair) => pair[side]);
  if (all("before").length + all("after").length === 0) return [];
  const errors = resourceErrors(await resources(), all("before"), all("after"));
  if (errors.length > 0) {
    throw new UserError(`the new CRDs do not take what the stack sets; nothing was changed:\n  ${errors.join("\n  ")}`);
  }
  if (pairs.some(({ known }) => !known))
    return ["the old release manifest cannot be had: what the CRDs lost is not known"];
  const changes = crdChangeLines(crdChanges(all("before"), all("after")));
  return changes.length === 0 ? ["no change"] : changes;
}

/** The old version's checksums go with it. */
async function lockArtifacts(
  file: string,
  { oldKeys }: Upgrade,
  checksums: FetchedArtifacts["checksums"],
  mirror: string,
): Promise<void> {
  if (Object.keys(checksums).length === 0) return;
  const gone = [...oldKeys, ...oldKeys.map(mirrorKey)];
  const kept = Object.entries(await readLock(file)).filter(([key]) => !gone.includes(key));
  const added = Object.entries(checksums).map(([key, sum]) => [mirror === "" ? key : mirrorKey(key), sum] as const);
  await writeLock(file, Object.fromEntries([...kept, ...added]));
}
