import type { RuleGroup } from "../../rules/rule.ts";
import { identity, series } from "../../rules/serviceSeries.ts";
import { seconds } from "../../settings/windows.ts";
import { promtoolAnswers } from "./promtoolAnswers.ts";
import { minute, samplesOf, type Service, slot, type Time } from "./traffic.ts";

/** Recorded windows beside those of the raw series, from one promtool over the same samples. */

/** Which share. */
export type Ratio = "error" | "slow";

/** What is known of a window at one moment. */
export interface Moment {
  /** Requests in the window. */
  readonly requests: number;
  readonly recorded: Readonly<Record<Ratio, number>>;
  readonly exact: Readonly<Record<Ratio, number>>;
}

/** Moments, minute by minute, by the service and the window; undefined where nothing is known. */
export type Comparison = Readonly<Record<string, Readonly<Record<string, readonly (Moment | undefined)[]>>>>;

const metric = "http_server_request_duration_seconds";
const rate = (selector: string, window: string) => `sum by (${identity}) (rate(${metric}_${selector}[${window}]))`;

/** Expressions by the name of the figure. */
function figures(window: string): Readonly<Record<string, string>> {
  const requests = rate("count", window);
  return {
    requests: `${requests} * ${seconds(window)}`,
    "exact error": `${rate('count{http_response_status_code="500"}', window)} / (${requests} > 0)`,
    "exact slow": `1 - ${rate('bucket{le="0.5"}', window)} / (${requests} > 0)`,
    "recorded error": series.errorRatio(window),
    "recorded slow": series.slowRatio(window),
  };
}

/**
 * Evaluates rules over all samples minute by minute, and asks for every window in the last minutes.
 *
 * @param folder empty, for the files
 * @param time.minutes how many of the last ones are compared
 */
export async function compare(
  { promtool, folder }: { readonly promtool: string; readonly folder: string },
  groups: readonly RuleGroup[],
  services: readonly Service[],
  windows: readonly string[],
  { minutes, ...time }: Time & { readonly minutes: number },
): Promise<Comparison> {
  const parts = windows.flatMap((window) =>
    Object.entries(figures(window)).map(
      ([figure, expr]) => `label_replace(${expr}, "figure", "${figure} ${window}", "", "")`,
    ),
  );
  const last = Math.floor(time.slots / minute) - 1;
  const compared = Array.from({ length: minutes }, (_, index) => last - minutes + 1 + index);
  const output = await promtoolAnswers(promtool, folder, {
    groups,
    interval: `${slot}s`,
    samples: samplesOfAll(services, time),
    questions: compared.flatMap((at) => parts.map((expr) => [expr, at] as const)),
  });
  return decoded(output, services, windows, { answers: minutes * parts.length, each: parts.length });
}

function* samplesOfAll(services: readonly Service[], time: Time): Generator<readonly [string, string]> {
  for (const service of services) yield* samplesOf(service, time);
}

function decoded(
  output: string,
  services: readonly Service[],
  windows: readonly string[],
  { answers, each }: { readonly answers: number; readonly each: number },
): Comparison {
  const found: Map<string, number>[] = [];
  let count = 0;
  for (const line of output.split("\n")) {
    const got = /^\s+got: (.*)$/.exec(line)?.[1];
    if (got === undefined) continue;
    // In the order in which they were asked for.
    const values = (found[Math.floor(count++ / each)] ??= new Map());
    for (const [, figure = "", service = "", value = ""] of got.matchAll(
      /\{[^}]*figure="([^"]*)"[^}]*service_name="([^"]*)"[^}]*\} ([-\d.E+]+)/g,
    ))
      values.set(`${service}/${figure}`, Number(value));
  }
  if (count !== answers) throw new Error(`promtool gave ${count} answers of ${answers}: ${output.slice(0, 500)}`);
  const momentOf = (values: Map<string, number>, service: string, window: string): Moment | undefined => {
    const figure = (name: string) => values.get(`${service}/${name} ${window}`);
    const [requests, ...ratios] = ["requests", "exact error", "exact slow", "recorded error", "recorded slow"].map(
      figure,
    );
    const [exactError, exactSlow, error, slow] = ratios;
    if (requests === undefined || exactError === undefined || exactSlow === undefined) return undefined;
    // Without a recorded ratio nobody is told.
    return {
      requests,
      exact: { error: exactError, slow: exactSlow },
      recorded: { error: error ?? 0, slow: slow ?? 0 },
    };
  };
  return Object.fromEntries(
    services.map(({ name }) => [
      name,
      Object.fromEntries(windows.map((window) => [window, found.map((values) => momentOf(values, name, window))])),
    ]),
  );
}
