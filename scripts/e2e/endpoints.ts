import { setTimeout as sleep } from "node:timers/promises";
import { isFree } from "../../sandbox/cluster/ports.ts";
import { UserError } from "../../sandbox/errors.ts";
import { keepForward } from "../forward/keepForward.ts";
import type { PortForward } from "../forward/portForward.ts";

/** Operators make the backends' pods after `up` has returned, and their images have to be pulled. */
const READY_MS = 10 * 60_000;

/**
 * Opens port-forwards, waits until every endpoint answers, and closes them in the end.
 *
 * @param use gets the local addresses by name
 * @throws UserError when a port is taken, so that no other cluster is asked by mistake, or an endpoint does not answer
 */
export async function withEndpoints(
  forwards: readonly PortForward[],
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
  const kept = forwards.map((forward) => keepForward(forward, events, stop.signal));
  try {
    await Promise.all(forwards.map(answers));
    await use(Object.fromEntries(forwards.map(({ name, link }) => [name, link])));
  } finally {
    stop.abort();
    await Promise.all(kept);
  }
}

async function answers({ name, link }: PortForward): Promise<void> {
  const address = name === "sampleApi" ? `${link}/healthz` : link;
  const deadline = Date.now() + READY_MS;
  for (;;) {
    const response = await fetch(address, { signal: AbortSignal.timeout(5000) }).catch(() => undefined);
    if (response?.ok === true) return;
    if (Date.now() > deadline) throw new UserError(`${name} does not answer at ${address}`);
    await sleep(1000);
  }
}
