import { setTimeout as sleep } from "node:timers/promises";
import { UserError } from "../../cli/errors.ts";

/** A kind of request: an order is the second team's API, everything else the sample API. */
export type RequestKind = "hello" | "item" | "unknownPath" | "invalidItem" | "upstreamFailure" | "order";

/** Of 20 requests, in the order in which they are sent: most succeed, and every way to fail is among them. */
const MIX: readonly RequestKind[] = [
  ...(["hello", "item", "hello", "hello", "item", "hello", "unknownPath", "item", "hello", "hello"] as const),
  ...(["item", "hello", "invalidItem", "item", "hello", "upstreamFailure", "hello", "item", "hello", "item"] as const),
];

/** The same with as many orders as items: each asks the sample API for an item. */
const MIX_WITH_ORDERS: readonly RequestKind[] = MIX.flatMap((kind) => (kind === "item" ? [kind, "order"] : [kind]));

/** Requests that wait for an answer at one time: a slow API is not flooded. */
const MAX_PENDING = 50;

/** One request and when it is sent. */
export interface PlannedRequest {
  /** Milliseconds after the start. */
  at: number;
  kind: RequestKind;
  path: string;
}

/**
 * The requests of a run.
 *
 * @param withOrders whether the second team's API gets requests too
 */
export function planTraffic(seconds: number, rate: number, withOrders = false): PlannedRequest[] {
  const mix = withOrders ? MIX_WITH_ORDERS : MIX;
  return Array.from({ length: Math.round(seconds * rate) }, (_, index) => {
    const kind = mix[index % mix.length] ?? "hello";
    return { at: (index * 1000) / rate, kind, path: requestPath(kind, index) };
  });
}

function requestPath(kind: RequestKind, index: number): string {
  switch (kind) {
    case "hello":
    case "upstreamFailure":
      return "/hello";
    case "item":
      return `/items/${index}${index % 2 === 0 ? "?q=blue" : ""}`;
    case "invalidItem":
      return "/items/none";
    case "unknownPath":
      return "/nothing-here";
    case "order":
      return `/orders/${index}`;
  }
}

/** What came back. */
export interface TrafficResult {
  seconds: number;
  /** Number of answers by status code. */
  statuses: Record<number, number>;
  /** Requests without an answer. */
  unanswered: number;
}

/** Where the requests go. */
export interface TrafficTarget {
  /** Base URL of the sample API. */
  app: string;
  /** Base URL of the local upstream, which fails when asked to. */
  upstream: string;
  /** Base URL of the second team's API; needed when there are orders. */
  ordersApi?: string;
}

/**
 * Sends the requests at their times.
 *
 * @param onProgress gets the number of answers
 * @param signal ends the run early: what was sent is still counted
 * @throws UserError when the API does not answer at all.
 */
export async function sendTraffic(
  plan: readonly PlannedRequest[],
  target: TrafficTarget,
  onProgress: (answers: number) => void,
  signal?: AbortSignal,
): Promise<TrafficResult> {
  const result: TrafficResult = { seconds: 0, statuses: {}, unanswered: 0 };
  const pending = new Set<Promise<void>>();
  const start = performance.now();
  let answers = 0;
  for (const request of plan) {
    await sleep(Math.max(0, start + request.at - performance.now()));
    if (pending.size >= MAX_PENDING) await Promise.race(pending);
    const sent = send(request, target).then((status) => {
      pending.delete(sent);
      if (status === undefined) result.unanswered += 1;
      else result.statuses[status] = (result.statuses[status] ?? 0) + 1;
      onProgress((answers += 1));
    });
    pending.add(sent);
    if (signal?.aborted === true || (answers > 0 && result.unanswered === answers)) break;
  }
  await Promise.all(pending);
  if (answers > 0 && result.unanswered === answers) {
    throw new UserError(`the sample API does not answer at ${target.app}: run "npm run sandbox -- telemetry" first`);
  }
  return { ...result, seconds: (performance.now() - start) / 1000 };
}

/** Resolves to the status code; undefined when there was no answer. */
async function send(request: PlannedRequest, target: TrafficTarget): Promise<number | undefined> {
  try {
    if (request.kind === "upstreamFailure") {
      await fetch(`${target.upstream}/failures?count=1`, { method: "POST", signal: AbortSignal.timeout(5000) });
    }
    const { app, ordersApi = app } = target;
    const response = await fetch((request.kind === "order" ? ordersApi : app) + request.path, {
      signal: AbortSignal.timeout(10_000),
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return undefined;
  }
}

/** The result as one line. */
export function describeTraffic({ seconds, statuses, unanswered }: TrafficResult): string {
  const counts = Object.entries(statuses).map(([status, count]) => `${count} × ${status}`);
  if (unanswered > 0) counts.push(`${unanswered} without an answer`);
  const total = Object.values(statuses).reduce((sum, count) => sum + count, unanswered);
  return `${total} requests in ${seconds.toFixed(1)} s: ${counts.join(", ")}`;
}
