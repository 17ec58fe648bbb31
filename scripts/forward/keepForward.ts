import { spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { cannotRun } from "../../cli/cannotRun.ts";
import { lastLine } from "../../cli/errors.ts";
import type { PortForward } from "./portForward.ts";

/** How long to wait before a forward that broke is started again; doubled each time until one works. */
const FIRST_DELAY_MS = 1000;
const MAX_DELAY_MS = 30_000;

/** A terminal's Ctrl-C reaches kubectl too, maybe first: that is no break. */
const INTERRUPT_MS = 200;

/** What is said of a forward. */
export interface ForwardEvents {
  /** It works, for the first time or again. */
  onReady(forward: PortForward): void;
  /**
   * It broke and is started again.
   *
   * @param reason the last line that kubectl wrote
   */
  onBroken(forward: PortForward, reason: string): void;
}

/**
 * Keeps a port-forward open: kubectl ends with the pod that it is connected to. Resolves when the signal has ended kubectl.
 *
 * @throws UserError when there is no kubectl
 */
export async function keepForward(forward: PortForward, events: ForwardEvents, signal: AbortSignal): Promise<void> {
  let delay = FIRST_DELAY_MS;
  const ready = () => {
    delay = FIRST_DELAY_MS;
    events.onReady(forward);
  };
  const stopped = () => signal.aborted;
  while (!stopped()) {
    const reason = await run(forward, ready, signal);
    await pause(INTERRUPT_MS, signal);
    if (stopped()) return;
    events.onBroken(forward, reason);
    await pause(delay, signal);
    delay = Math.min(2 * delay, MAX_DELAY_MS);
  }
}

/** Runs kubectl to its end; gives the last line that it wrote to standard error. */
async function run(forward: PortForward, onReady: () => void, signal: AbortSignal): Promise<string> {
  const child = spawn("kubectl", forward.args, { stdio: ["ignore", "pipe", "pipe"] });
  const end = () => child.kill();
  signal.addEventListener("abort", end);
  let errors = "";
  let output = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors = (errors + text).slice(-2000)));
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    const wasReady = output.includes("Forwarding from");
    output = (output + text).slice(0, 2000);
    if (!wasReady && output.includes("Forwarding from")) onReady();
  });
  try {
    await new Promise<void>((resolve, reject) => {
      child.on("error", (error) => {
        reject(cannotRun("kubectl", error));
      });
      child.on("close", () => {
        resolve();
      });
    });
  } finally {
    signal.removeEventListener("abort", end);
  }
  return lastLine(errors) || "kubectl ended";
}

/** Ends early with the signal. */
async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}
