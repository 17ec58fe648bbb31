import { setTimeout as sleep } from "node:timers/promises";
import { isFree } from "../../cli/ports.ts";
import { UserError } from "../../cli/errors.ts";
import { keepForward } from "../forward/keepForward.ts";
import type { PortForward } from "../forward/portForward.ts";

/** Operators make the backends' pods after `up` has returned, and their images have to be pulled. */
const READY_MS = 10 * 60_000;

/**
 * Opens port-forwards, waits until every endpoint answers, and closes them in the end.
 *
 * @param signal aborted when the user asks to stop
 * @param use gets the local addresses by name
 * @throws UserError when a port is taken, so that no other cluster is asked by mistake, there is no kubectl, an endpoint
 *   does not answer, or after a signal
 */
export async function withEndpoints(
  forwards: readonly PortForward[],
  signal: AbortSignal,
  use: (links: Record<string, string>) => Promise<void>,
): Promise<void> {
  for (const { name, link } of forwards) {
    if (!(await isFree(Number(new URL(link).port)))) throw new UserError(`${name}: another program listens at ${link}`);
  }
  const stop = new AbortController();
  const events = {
    onReady: ({ name, link }: PortForward) => {
      console.error(`${name}: ${link}`);
    },
    onBroken: ({ name }: PortForward, reason: string) => {
      console.error(`${name}: ${reason}`);
    },
  };
  const ended = AbortSignal.any([stop.signal, signal]);
  const kept = Promise.all(forwards.map((forward) => keepForward(forward, events, ended)));
  const work = async () => {
    await Promise.all(forwards.map((forward) => answers(forward, ended)));
    await use(Object.fromEntries(forwards.map(({ name, link }) => [name, link])));
  };
  try {
    // What keeps them open ends before the work only by failing, or with the signal.
    await Promise.race([work(), kept.then(() => Promise.reject(new UserError("stopped")))]);
  } finally {
    stop.abort();
    await kept.catch(() => undefined);
  }
}

async function answers({ name, link }: PortForward, signal: AbortSignal): Promise<void> {
  const address = name === "sampleApi" ? `${link}/healthz` : link;
  const deadline = Date.now() + READY_MS;
  for (;;) {
    const response = await fetch(address, { signal: AbortSignal.timeout(5000) }).catch(() => undefined);
    if (response?.ok === true) return;
    if (signal.aborted) throw new UserError("stopped");
    if (Date.now() > deadline) throw new UserError(`${name} does not answer at ${address}`);
    await sleep(1000);
  }
}
