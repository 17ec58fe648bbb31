import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { RuleGroup } from "../../rules/rule.ts";
import { freePort } from "../../cli/freePort.ts";
import { anonymousMemory } from "./memory.ts";
import { processorSeconds } from "./processFigures.ts";
import { paceOf } from "./ruleSamples.ts";

/** What all rules cost. */
export interface Evaluation {
  /** Milliseconds of processor time when each group is evaluated once. */
  readonly once: number;
  /** The same of a minute, in which each group is evaluated at its pace. */
  readonly perMinute: number;
  /** MiB of memory at the most, over what Prometheus has before. */
  readonly memory: number;
}

/** Where rules are evaluated. */
export interface EvaluationPlace {
  readonly prometheus: string;
  /** For its configuration. */
  readonly folder: string;
  /** Its storage. */
  readonly data: string;
  /** When, in seconds since 1970. */
  readonly end: number;
}

/** Figures of less time would be made of few hundredths of a second. */
const leastSeconds = 3;

/** Evaluates groups of rules one after the other in a Prometheus of its own, as its rule manager does: every expression at one moment. */
export async function evaluateRules(place: EvaluationPlace, groups: readonly RuleGroup[]): Promise<Evaluation> {
  const { process: child, url } = await start(place);
  const pid = child.pid ?? 0;
  try {
    const before = anonymousMemory(pid);
    let most = before;
    const watch = setInterval(() => {
      most = Math.max(most, anonymousMemory(pid));
    }, 10);
    const evaluate = async (group: RuleGroup) => {
      const began = processorSeconds(pid);
      for (const { expr } of group.rules) await query(url, expr, place.end);
      return (processorSeconds(pid) - began) * 1000;
    };
    // What is read for the first time comes from the disk.
    for (const group of groups) await evaluate(group);
    const spent = groups.map(() => 0);
    let rounds = 0;
    for (const began = processorSeconds(pid); processorSeconds(pid) - began < leastSeconds; rounds++)
      for (const [index, group] of groups.entries()) spent[index] = (spent[index] ?? 0) + (await evaluate(group));
    clearInterval(watch);
    const sum = (weight: (group: RuleGroup) => number) =>
      groups.reduce((total, group, index) => total + ((spent[index] ?? 0) / rounds) * weight(group), 0);
    return { once: sum(() => 1), perMinute: sum((group) => 60 / paceOf(group)), memory: most - before };
  } finally {
    child.kill("SIGKILL");
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  }
}

async function start({ prometheus, folder, data }: EvaluationPlace): Promise<{ process: ChildProcess; url: string }> {
  const config = join(folder, "prometheus.yaml");
  writeFileSync(config, "{}\n");
  const url = `http://127.0.0.1:${await freePort()}`;
  const child = spawn(
    prometheus,
    [
      `--config.file=${config}`,
      `--storage.tsdb.path=${data}`,
      "--storage.tsdb.no-lockfile",
      `--web.listen-address=${new URL(url).host}`,
    ],
    { stdio: "ignore", env: { ...process.env, GOMAXPROCS: "1" } },
  );
  for (let attempt = 0; attempt < 300; attempt++) {
    if (child.exitCode !== null) throw new Error(`Prometheus over ${data} ended with code ${child.exitCode}`);
    const isReady = await fetch(`${url}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return { process: child, url };
    await sleep(200);
  }
  child.kill("SIGKILL");
  throw new Error(`Prometheus over ${data} is not ready after a minute`);
}

async function query(url: string, expression: string, time: number): Promise<void> {
  const body = new URLSearchParams({ query: expression, time: String(time) });
  const answer = await fetch(`${url}/api/v1/query`, { method: "POST", body });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${expression}: ${text}`);
}
