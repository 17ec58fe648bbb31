import { productionExample } from "../../review/program/stackConfig.ts";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import { crd } from "../../artifacts/standIns/objects.ts";
import { namespaces } from "../../catalog/names.ts";
import type { Findings } from "../../cli/command.ts";
import { writeBlock } from "../../cli/markdownBlock.ts";
import { mirror } from "../../review/program/mirror.ts";
import { standInMirror } from "../../review/program/standInMirror.ts";
import { openCluster } from "../../sandbox/cluster/api/client.ts";
import { findCluster } from "../../sandbox/cluster/cluster.ts";
import { median } from "./apiLatency.ts";
import { type ProdFigures, prodTable } from "./prodTable.ts";
import { type Candidate, SandboxBench } from "./sandboxBench.ts";
import { inTurn } from "./turns.ts";

/**
 * Measures stack prod on the engine: with everything of docs/production.example.yaml on, beside that of commit 06fdc80. Each
 * starts with an empty cluster; they take turns. Figures only, but a stack that does not converge is an error.
 */

/** Ports of the benchmark's own. */
const firstPort = 18_980;

const sandbox = new SandboxBench(firstPort, "prod");
const { former, present } = sandbox;
const { project } = sandbox.paths;

const example = join(project, productionExample);

/** @param rounds how often each is measured; @param write put the table into docs/production.md */
export async function benchProd(rounds: number, write: boolean): Promise<Findings> {
  try {
    const figures = await measure(rounds);
    const table = prodTable(figures, {
      ...{ rounds, node: process.version },
      artifacts: mirror === undefined ? "stand-ins" : "real artifacts",
    });
    if (write) writeBlock(join(project, "docs/production.md"), "prod", table);
    return { text: table, json: figures };
  } finally {
    await sandbox.cleanUp();
  }
}

async function measure(rounds: number): Promise<{ former: ProdFigures; present: ProdFigures }> {
  sandbox.writeFormerProgram();
  const artifactsMirror = mirror ?? (await standInMirror());
  sandbox.writeSettings(former, artifactsMirror);
  sandbox.writeSettings(present, artifactsMirror, example);
  const found = new Map<Candidate, ProdFigures[]>([
    [former, []],
    [present, []],
  ]);
  // Round 0 fills the caches, among them that of the charts.
  for (let round = 0; round <= rounds; round++) {
    for (const candidate of inTurn([former, present], round)) {
      const figures = await measureOnce(candidate);
      console.error(`round ${round}, ${candidate.name}: up ${figures.up.toFixed(1)} s`);
      if (round > 0) found.get(candidate)?.push(figures);
    }
  }
  return { former: middle(found.get(former) ?? []), present: middle(found.get(present) ?? []) };
}

/** @throws Error when a preview right after it has something to change */
async function measureOnce(candidate: Candidate): Promise<ProdFigures> {
  sandbox.run(present, "cluster");
  await bringSite();
  const up = sandbox.timed(candidate, "up");
  const started = performance.now();
  const last = sandbox.run(candidate, "preview", "--json").trimEnd().split("\n").at(-1) ?? "";
  const preview = (performance.now() - started) / 1000;
  const { unchanged, ...counts } = JSON.parse(last) as Record<string, number>;
  const changes = ["created", "updated", "replaced", "deleted", "failed"].filter((change) => counts[change] !== 0);
  if (changes.length > 0) throw new Error(`${candidate.name} has not converged: ${last}`);
  sandbox.run(present, "down");
  return { up, preview, resources: unchanged ?? 0 };
}

/** What a site has before it installs the example: the kinds of the Gateway API, teams' namespaces, and the Secret that Prometheus' operator reads. */
async function bringSite(): Promise<void> {
  const cluster = await findCluster(sandbox.paths);
  if (cluster === undefined) throw new Error("the cluster does not answer");
  const client = openCluster(cluster.kubeconfig);
  for (const [kind, version] of Object.entries({ HTTPRoute: "v1", ReferenceGrant: "v1beta1" })) {
    const annotations = { "api-approved.kubernetes.io": "unapproved, for a benchmark" };
    await client.apply(crd({ group: "gateway.networking.k8s.io", kind, versions: [version], annotations }), "bench");
  }
  const { observability: namespace } = namespaces;
  const { config } = load(readFileSync(example, "utf8")) as { config: Record<string, unknown> };
  const { applicationNamespaces } = config["fluffy-observability:tls"] as { applicationNamespaces: string[] };
  for (const name of [namespace, ...applicationNamespaces]) {
    await client.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name } }, "bench");
  }
  const metadata = { name: "metrics-login", namespace };
  const stringData = { username: "bench", password: "nothing reads it" };
  await client.apply({ apiVersion: "v1", kind: "Secret", metadata, stringData }, "bench");
}

function middle(figures: readonly ProdFigures[]): ProdFigures {
  const of = (key: keyof ProdFigures) => median(figures.map((each) => each[key]));
  return { up: of("up"), preview: of("preview"), resources: of("resources") };
}
