import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dump } from "js-yaml";
import { type Cluster, findCluster, stopCluster } from "../../sandbox/cluster/cluster.ts";
import { clusterFolders } from "../../sandbox/cluster/config.ts";
import { clusterProcesses } from "../../sandbox/cluster/programs.ts";
import { type SandboxPaths, sandboxPaths } from "../../sandbox/paths.ts";
import { createReport } from "../../sandbox/report.ts";
import { ensureTools } from "../../sandbox/programs/tools.ts";
import { mirror } from "../../tests/support/mirror.ts";
import { runProgram } from "../../tests/support/program.ts";
import { stackConfig } from "../../tests/support/stackConfig.ts";
import { standInMirror } from "../../tests/support/standInMirror.ts";
import { diffByHand, runByHand, stepsByHand } from "./byHand.ts";
import { cleanUpOnce } from "./cleanUp.ts";
import { peakMemory } from "./memory.ts";

/** Measures the sandbox beside the same objects made by helm and kubectl, in one run. Figures only: nothing is judged. */

/** Ports of the benchmark's own. */
const firstPort = 18_940;

const state = mkdtempSync(join(tmpdir(), "fluffy-observability-bench-"));
const paths = sandboxPaths({ state, port: firstPort });
const cleanUp = cleanUpOnce(async () => {
  await stopCluster(paths, createReport());
  rmSync(state, { recursive: true, force: true });
});
try {
  await bench();
} finally {
  await cleanUp();
}

async function bench(): Promise<void> {
  const artifactsMirror = mirror ?? (await standInMirror());
  const config = { ...stackConfig("dev"), artifactsMirror };
  const figures: [string, string][] = [["artifacts", mirror === undefined ? "stand-ins" : "a mirror"]];
  const measure = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const started = performance.now();
    const result = await work();
    figures.push([name, `${((performance.now() - started) / 1000).toFixed(2)} s`]);
    return result;
  };

  await measure("program under mocks, loading included", () => runProgram({ config }));
  const program = await measure("program under mocks, settings to last registration", () => runProgram({ config }));
  const tools = await ensureTools(["helm", "kubectl"], paths, createReport());

  const configFile = join(state, "settings.yaml");
  writeFileSync(configFile, dump({ config: prefixed(config) }));
  // As a user runs it: in a process of its own, whose start counts.
  const sandbox = (verb: string): Promise<void> => {
    const where = ["--state", state, "--port", String(firstPort), "--config-file", configFile];
    const argv = ["--import", "./runTypeScript.mjs", "sandbox/main.ts", verb, ...where];
    const { status } = spawnSync(process.execPath, argv, {
      cwd: paths.project,
      stdio: ["ignore", "ignore", "inherit"],
    });
    if (status !== 0) throw new Error(`sandbox ${verb} ended with ${String(status)}`);
    return Promise.resolve();
  };
  await measure("cluster start", () => sandbox("cluster"));
  await measure("sandbox up", () => sandbox("up"));
  await measure("sandbox preview, nothing changed", () => sandbox("preview"));
  figures.push(...memory());
  await measure("sandbox destroy", () => sandbox("destroy"));

  const cluster = await running(paths);
  const helm = { program: tools.helm, kubeconfig: cluster.kubeconfig, state };
  const hand = { cluster, helm, kubectl: tools.kubectl, project: paths.project };
  const steps = stepsByHand(program.registered);
  await measure("helm and kubectl apply --server-side", () => runByHand(steps, hand));
  const differs = await measure("kubectl diff, nothing changed", () => Promise.resolve(diffByHand(steps, hand)));
  if (differs) throw new Error("kubectl diff shows a difference right after kubectl apply");

  const width = Math.max(...figures.map(([name]) => name.length));
  for (const [name, figure] of figures) console.log(`${name.padEnd(width)}  ${figure}`);
}

function prefixed(config: Record<string, string>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [`fluffy-observability:${key}`, parsed(value)]),
  );
}

/** Objects and numbers as a stack file holds them. */
function parsed(value: string): unknown {
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

function memory(): [string, string][] {
  const { bin } = clusterFolders(state);
  return clusterProcesses(clusterFolders(state)).flatMap(({ pid, command }) => {
    const peak = peakMemory(pid);
    const program = command.slice(bin.length + 1).split(" ", 1)[0] ?? command;
    return peak === undefined ? [] : [[`peak memory of ${program}`, `${peak} MiB`] satisfies [string, string]];
  });
}

async function running(paths: SandboxPaths): Promise<Cluster> {
  const cluster = await findCluster(paths);
  if (cluster === undefined) throw new Error("the cluster does not answer");
  return cluster;
}
