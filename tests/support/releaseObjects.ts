import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { CORE_SCHEMA, loadAll } from "js-yaml";
import type { ManifestObject } from "../../artifacts/manifests/manifest.ts";
import { releaseType } from "../../components/operators/releaseDescription.ts";
import type { SandboxPaths } from "../../sandbox/paths.ts";
import { runHelm } from "../../review/render/helmCommand.ts";
import { readReleaseInputs } from "../../review/render/releaseInputs.ts";
import { ensureTools } from "../../sandbox/programs/tools.ts";
import { createReport } from "../../cli/report.ts";
import { templateArguments } from "../../review/render/renderedRelease.ts";
import type { ProgramRun } from "../../review/program/program.ts";

const project = resolve(import.meta.dirname, "../..");

/** What a release holds. */
export interface ReleaseObjects {
  /** Of the release: where objects go that name none. */
  readonly namespace: string;
  readonly objects: readonly ManifestObject[];
}

/**
 * The objects inside the releases of a run, as Helm makes them; CRDs whole.
 *
 * @param kubeVersion what charts are told about the cluster, e.g. `v1.36.3`
 */
export async function releaseObjects(
  { registered }: ProgramRun,
  paths: SandboxPaths,
  kubeVersion: string,
): Promise<ReleaseObjects[]> {
  const { helm: program } = await ensureTools(["helm"], paths, createReport());
  const state = mkdtempSync(join(tmpdir(), "fluffy-observability-releases-"));
  const helm = { program, kubeconfig: join(state, "none"), state };
  try {
    const manifests = registered
      .filter(({ type }) => type === releaseType)
      .map(async ({ inputs, name }) => {
        const release = readReleaseInputs(inputs, name);
        const values = JSON.stringify(release.values);
        const text = await runHelm(helm, templateArguments(release, project, kubeVersion), values);
        const objects = loadAll(text, undefined, { schema: CORE_SCHEMA }).filter(Boolean) as ManifestObject[];
        return { namespace: release.namespace, objects };
      });
    return await Promise.all(manifests);
  } finally {
    rmSync(state, { recursive: true, force: true });
  }
}
