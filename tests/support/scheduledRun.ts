import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Counted, CountingProcess } from "./countingProcess.ts";
import type { Life, Schedule, ScheduledPod } from "./schedule.ts";

const program = path.join(import.meta.dirname, "countingProcess.ts");

/** The namespace of all services of a schedule. */
export function scheduleNamespace(seed: number): string {
  return `schedule-${seed}`;
}

/**
 * Runs the processes of a schedule, and ends them as it says.
 *
 * @param collector base URL of the receiver of OTLP/HTTP
 * @returns what all of them had counted; of a killed one, at its last export
 */
export async function runSchedule(schedule: Schedule, collector: string): Promise<Counted> {
  const began = Date.now();
  const at = (second: number) => sleep(Math.max(0, began + second * 1000 - Date.now()));
  const ofPods = schedule.pods.map(async (pod, index) => {
    const counted: Counted[] = [];
    for (const [life, { from, to, end }] of pod.lives.entries()) {
      await at(from);
      const seed = schedule.seed + 100 * index + life;
      counted.push(await runProcess({ ...processOf(schedule, pod, collector), seed }, { end, until: at(to) }));
    }
    return counted;
  });
  const all = (await Promise.all(ofPods)).flat();
  return {
    requests: all.reduce((sum, { requests }) => sum + requests, 0),
    failed: all.reduce((sum, { failed }) => sum + failed, 0),
  };
}

function processOf(
  { seed }: Schedule,
  { service, pod, perSecond, failing }: ScheduledPod,
  collector: string,
): Omit<CountingProcess, "seed"> {
  const ofCluster = {
    ...{ "k8s.namespace.name": scheduleNamespace(seed), "k8s.deployment.name": service, "k8s.pod.name": pod },
  };
  return {
    collectors: [collector],
    resource: { "service.name": service, "service.instance.id": pod, ...ofCluster },
    perSecond,
    failing,
  };
}

/** @returns what its last export held that was taken */
export async function runProcess(
  process_: CountingProcess,
  { end, until }: { end: Life["end"]; until: Promise<unknown> },
): Promise<Counted> {
  const child = spawn(process.execPath, ["--no-warnings", program, JSON.stringify(process_)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout.on("data", (text: Buffer) => (said += text.toString()));
  await Promise.race([until, once(child, "exit")]);
  if (child.exitCode !== null) throw new Error(`a counting process ended by itself with code ${child.exitCode}`);
  child.kill(end);
  await once(child, "close");
  const last = said.trim().split("\n").at(-1) ?? "";
  return last === "" ? { requests: 0, failed: 0 } : (JSON.parse(last) as Counted);
}
