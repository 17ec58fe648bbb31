import { setTimeout as sleep } from "node:timers/promises";
import type { Findings } from "../../cli/command.ts";
import { createReport } from "../../cli/report.ts";
import { markdownTable } from "../../cli/markdownTable.ts";
import { mirror } from "../../review/program/mirror.ts";
import { runProgram } from "../../review/program/program.ts";
import { stackConfig } from "../../review/program/stackConfig.ts";
import { standInMirror } from "../../review/program/standInMirror.ts";
import { type Cluster, findCluster } from "../../sandbox/cluster/cluster.ts";
import { clusterFolders } from "../../sandbox/cluster/config.ts";
import { clusterProcesses } from "../../sandbox/cluster/programs.ts";
import { ensureTools } from "../../sandbox/programs/tools.ts";
import { median } from "./apiLatency.ts";
import { runByHand, type Step, stepsByHand } from "./byHand.ts";
import { formerCommit } from "./formerProgram.ts";
import { peakMemory } from "./memory.ts";
import { type Candidate, SandboxBench } from "./sandboxBench.ts";

/**
 * Measures stack dev on the engine: the program of now beside that of commit 06fdc80, and `up` beside helm and kubectl by
 * hand. Each starts with an empty cluster; they take turns, so that what else the machine does meets all alike. Figures
 * only: nothing is judged.
 *
 *   npm run bench -- up [rounds]
 */

/** Ports of the benchmark's own. */
const firstPort = 18_940;
/** The garbage collector looks for new kinds every half a minute; until then no object of one is deleted, whoever asks. */
const garbageCollectorSyncMs = 31_000;

const sandbox = new SandboxBench(firstPort, "dev");
const { paths, former, present } = sandbox;
const { project } = paths;

/** @param rounds how often each is measured */
export async function benchUp(rounds: number): Promise<Findings> {
  try {
    return await bench(rounds);
  } finally {
    await sandbox.cleanUp();
  }
}

async function bench(rounds: number): Promise<Findings> {
  sandbox.writeFormerProgram();
  const artifactsMirror = mirror ?? (await standInMirror());
  for (const candidate of [former, present]) sandbox.writeSettings(candidate, artifactsMirror);
  const { registered } = await runProgram({ config: { ...stackConfig("dev"), artifactsMirror } });
  const steps = stepsByHand(registered);
  const seconds = new Map<string, number[]>();
  let memory: Record<string, number> = {};
  // Round 0 fills the caches, among them that of the charts.
  for (let round = 0; round <= rounds; round++) {
    const measured = new Map<string, number>();
    measured.set("by hand, up", await measureByHand(steps));
    for (const candidate of [former, present]) {
      const { figures, peaks } = await measureCandidate(candidate);
      for (const [verb, figure] of Object.entries(figures)) measured.set(`${candidate.name}, ${verb}`, figure);
      memory = peaks;
    }
    if (round > 0) for (const [name, figure] of measured) seconds.set(name, [...(seconds.get(name) ?? []), figure]);
  }
  const peaks = Object.entries(memory).map(([program, mebibytes]) => `${program} ${mebibytes}`);
  return {
    text: [
      tableOf(seconds),
      `peak memory in MiB: ${peaks.join(", ")}`,
      `medians of ${rounds} rounds, ${mirror === undefined ? "stand-ins" : "real artifacts"}, Node ${process.version}`,
    ].join("\n"),
    json: { seconds: Object.fromEntries(seconds), memory },
  };
}

async function measureCandidate(candidate: Candidate): Promise<{
  figures: Record<string, number>;
  peaks: Record<string, number>;
}> {
  sandbox.run(present, "cluster");
  const figures: Record<string, number> = {};
  figures["up"] = sandbox.timed(candidate, "up");
  // The API server works out its schema anew after kinds have come, while the first one who asks for it waits.
  sandbox.run(candidate, "preview");
  for (const verb of ["preview", "refresh"]) figures[verb] = sandbox.timed(candidate, verb);
  const peaks = clusterPeaks();
  await sleep(garbageCollectorSyncMs);
  figures["destroy"] = sandbox.timed(candidate, "destroy");
  sandbox.run(present, "down");
  return { figures, peaks };
}

async function measureByHand(steps: readonly Step[]): Promise<number> {
  sandbox.run(present, "cluster");
  const tools = await ensureTools(["helm", "kubectl"], paths, createReport());
  const cluster = await running();
  const helm = { program: tools.helm, kubeconfig: cluster.kubeconfig, state: paths.state };
  const started = performance.now();
  await runByHand(steps, { cluster, helm, kubectl: tools.kubectl, project });
  const seconds = (performance.now() - started) / 1000;
  sandbox.run(present, "down");
  return seconds;
}

/** MiB by program. */
function clusterPeaks(): Record<string, number> {
  const folders = clusterFolders(paths.state);
  const peaks = clusterProcesses(folders).flatMap(({ pid, command }) => {
    const peak = peakMemory(pid);
    const program = command.slice(folders.bin.length + 1).split(" ", 1)[0] ?? command;
    return peak === undefined ? [] : [[program, peak] as const];
  });
  return Object.fromEntries(peaks);
}

async function running(): Promise<Cluster> {
  const cluster = await findCluster(paths);
  if (cluster === undefined) throw new Error("the cluster does not answer");
  return cluster;
}

function tableOf(seconds: ReadonlyMap<string, readonly number[]>): string {
  const of = (name: string) => median([...(seconds.get(name) ?? [])]);
  const row = (what: string, before: string, after: string) => {
    const [first, last] = [of(before), of(after)];
    return [what, `${first.toFixed(1)} s`, `${last.toFixed(1)} s`, (last / first).toFixed(2)];
  };
  const rows = [
    row("`up` into an empty cluster, beside the same objects by hand", "by hand, up", "now, up"),
    row(`\`up\` into an empty cluster, beside ${formerCommit}`, `${formerCommit}, up`, "now, up"),
    row(`\`preview\`, nothing changed, beside ${formerCommit}`, `${formerCommit}, preview`, "now, preview"),
    row(`\`refresh\`, nothing changed, beside ${formerCommit}`, `${formerCommit}, refresh`, "now, refresh"),
    row(`\`destroy\`, beside ${formerCommit}`, `${formerCommit}, destroy`, "now, destroy"),
  ];
  return markdownTable(["Stack dev", "Before", "Now", "Ratio"], rows);
}
