import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, createWriteStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { dump } from "js-yaml";
import { parseSettings } from "../../components/settings.ts";
import type { RuleGroup } from "../../rules/rule.ts";
import { platformRules } from "../../rules/rules.ts";
import { sandboxPaths } from "../../sandbox/paths.ts";
import { ensureTools } from "../../sandbox/programs/tools.ts";
import { createReport } from "../../sandbox/report.ts";
import { freePort } from "../../tests/support/freePort.ts";
import { stackConfig } from "../../tests/support/stackConfig.ts";
import { formerCommit, writeFormerProgram } from "./formerProgram.ts";
import { processorSeconds } from "./processFigures.ts";
import { ruleSamples } from "./ruleSamples.ts";

/**
 * What all rule groups cost: the processor time of a real Prometheus over three days of samples, with the rules of now, with those of
 * commit 06fdc80 and without any, side by side. Groups keep their pace in relation to each other and are all hastened alike.
 */

const project = join(import.meta.dirname, "../..");

/** How many times as often as in reality groups are evaluated. */
const haste = 10;
/** Prometheus' own interval, in seconds. */
const usual = 30;

interface Server {
  readonly name: string;
  readonly process: ChildProcess;
}

const folder = mkdtempSync(join(tmpdir(), "fluffy-observability-bench-"));
const servers: Server[] = [];
/**
 * @param services how many there are in the samples
 * @param measured seconds
 */
export async function benchRules(services: number, measured: number): Promise<void> {
  try {
    const { prometheus, promtool } = await ensureTools(["prometheus", "promtool"], sandboxPaths(), createReport());
    const former = join(folder, "former");
    writeFormerProgram(project, former);
    const sets: Readonly<Record<string, RuleGroup[]>> = {
      "no rules": [],
      [`rules of ${formerCommit}`]: await formerRules(former),
      "rules of now": Object.values(platformRules(parseSettings(stackConfig("prod")))).flat(),
    };
    const blocks = join(folder, "blocks");
    await writeBlocks(promtool, blocks, services, Object.values(sets).flat());
    for (const [index, [name, groups]] of Object.entries(sets).entries())
      servers.push({ name, process: await start(prometheus, join(folder, String(index)), blocks, groups) });
    // Every group has been evaluated once.
    await sleep(((usual * 4) / haste + 3) * 1000);
    const before = servers.map(({ process }) => processorSeconds(process.pid ?? 0));
    await sleep(measured * 1000);
    const spent = servers.map(({ process }, index) => processorSeconds(process.pid ?? 0) - (before[index] ?? 0));
    report(Object.values(sets), spent, { services, measured });
  } finally {
    for (const { process } of servers) {
      process.kill("SIGKILL");
      if (process.exitCode === null && process.signalCode === null) await once(process, "exit");
    }
    rmSync(folder, { recursive: true, force: true });
  }
}

async function formerRules(program: string): Promise<RuleGroup[]> {
  const rules = (await import(join(program, "rules/rules.ts"))) as { platformRules: typeof platformRules };
  const parser = (await import(join(program, "components/settings.ts"))) as { parseSettings: typeof parseSettings };
  return Object.values(
    rules.platformRules(parser.parseSettings(stackConfig("prod", relative(project, program)))),
  ).flat();
}

async function writeBlocks(
  promtool: string,
  blocks: string,
  services: number,
  groups: readonly RuleGroup[],
): Promise<void> {
  const file = join(folder, "samples.txt");
  const out = createWriteStream(file);
  for (const text of ruleSamples(services, Math.floor(Date.now() / 1000), groups))
    if (!out.write(text)) await once(out, "drain");
  out.end();
  await once(out, "close");
  execFileSync(promtool, ["tsdb", "create-blocks-from", "openmetrics", "--max-block-duration=24h", file, blocks], {
    stdio: "pipe",
  });
}

async function start(
  prometheus: string,
  place: string,
  blocks: string,
  groups: readonly RuleGroup[],
): Promise<ChildProcess> {
  mkdirSync(place);
  cpSync(blocks, join(place, "data"), { recursive: true });
  const hastened = groups.map((group) => ({ ...group, interval: `${paceOf(group) / haste}s` }));
  writeFileSync(join(place, "rules.yaml"), dump({ groups: hastened }, { lineWidth: -1 }));
  writeFileSync(join(place, "prometheus.yaml"), dump({ rule_files: ["rules.yaml"] }));
  const port = await freePort();
  const child = spawn(
    prometheus,
    [
      `--config.file=${place}/prometheus.yaml`,
      `--storage.tsdb.path=${place}/data`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { stdio: "ignore", env: { ...process.env, GOMAXPROCS: "1" } },
  );
  for (let attempt = 0; attempt < 300; attempt++) {
    if (child.exitCode !== null) throw new Error(`Prometheus in ${place} ended with code ${child.exitCode}`);
    const isReady = await fetch(`http://127.0.0.1:${port}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return child;
    await sleep(200);
  }
  throw new Error(`Prometheus in ${place} is not ready after a minute`);
}

/** Seconds between two evaluations of a group. */
function paceOf({ interval }: RuleGroup): number {
  return interval === undefined ? usual : Number.parseInt(interval) * 60;
}

function report(
  sets: readonly (readonly RuleGroup[])[],
  spent: readonly number[],
  of: { services: number; measured: number },
): void {
  const { services, measured } = of;
  const [idle = 0, first = 0] = spent;
  console.log(`${services} services, a pod, a route and two codes each; ${measured} s at ${haste} times the pace`);
  console.log(`${"".padEnd(18)}  rules  CPU ms a minute  ratio`);
  for (const [index, { name }] of servers.entries()) {
    const own = (spent[index] ?? 0) - idle;
    const rules = (sets[index] ?? []).reduce((sum, group) => sum + group.rules.length, 0);
    const perMinute = (own * 1000 * 60) / measured / haste;
    const ratio = index === 0 ? "" : (own / (first - idle)).toFixed(2);
    console.log(
      [name.padEnd(18), String(rules).padStart(5), perMinute.toFixed(0).padStart(15), ratio.padStart(5)].join("  "),
    );
  }
}
