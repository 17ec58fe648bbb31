import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ArtifactError } from "../../components/artifacts/artifactError.ts";
import type { ChartSpec } from "../../components/artifacts/artifacts.ts";
import { errorLine } from "../../sandbox/errors.ts";
import { chartArguments } from "../../sandbox/programs/helm/chart.ts";
import { type Helm, runHelm } from "../../sandbox/programs/helm/command.ts";
import { sandboxPaths } from "../../sandbox/paths.ts";
import { createReport } from "../../sandbox/report.ts";
import { ensureTools } from "../../sandbox/programs/tools.ts";

/**
 * Pulls charts from upstream, only to see that they are there: at the next `up` Helm fetches them itself.
 *
 * @param program Helm's file. @default the pinned version: from the cache, from PATH, or built
 * @throws ArtifactError in one line with the first chart that cannot be had, and Helm's words
 */
export async function pullCharts(charts: readonly ChartSpec[], program?: string): Promise<void> {
  if (charts.length === 0) return;
  const file = program ?? (await ensureTools(["helm"], sandboxPaths(), createReport())).helm;
  // Caches of its own: a repository's index that is kept could hold a version back.
  const state = await mkdtemp(join(tmpdir(), "fluffy-observability-upgrade-"));
  try {
    const helm: Helm = {
      program: file,
      kubeconfig: join(state, "none"),
      state,
    };
    for (const chart of charts) await pull(chart, helm);
  } finally {
    await rm(state, { recursive: true, force: true });
  }
}

async function pull({ name, version, chart, repo }: ChartSpec, helm: Helm): Promise<void> {
  const source = { chart, version, ...(repo === undefined ? {} : { repo }) };
  try {
    await runHelm(helm, ["pull", ...chartArguments(source, helm.state), "--destination", helm.state]);
  } catch (error) {
    throw new ArtifactError(
      `${name} ${version} cannot be pulled; nothing was changed: ${errorLine(error)}; ` +
        "where upstream cannot be reached, --mirror names a folder or URL that holds the chart",
    );
  }
}
