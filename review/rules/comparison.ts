import { execFile } from "node:child_process";
import { createWriteStream } from "node:fs";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { dump } from "js-yaml";
import type { RuleGroup } from "../../rules/rule.ts";
import { identity, series } from "../../rules/serviceSeries.ts";
import { seconds } from "../../settings/windows.ts";
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
  await writeFile(join(folder, "rules.yaml"), dump({ groups }, { lineWidth: -1 }));
  const out = createWriteStream(join(folder, "test.yaml"));
  const write = async (text: string) => {
    if (!out.write(text)) await once(out, "drain");
  };
  await write(`rule_files: [rules.yaml]\nevaluation_interval: 1m\n`);
  await write(`group_eval_order: ${JSON.stringify(groups.map(({ name }) => name))}\n`);
  await write(`tests:\n  - interval: ${slot}s\n    input_series:\n`);
  for (const service of services)
    for (const [name, values] of samplesOf(service, time))
      await write(`      - {series: ${JSON.stringify(name)}, values: ${JSON.stringify(values)}}\n`);
  await write("    promql_expr_test:\n");
  const parts = windows.flatMap((window) =>
    Object.entries(figures(window)).map(
      ([figure, expr]) => `label_replace(${expr}, "figure", "${figure} ${window}", "", "")`,
    ),
  );
  const last = Math.floor(time.slots / minute) - 1;
  for (let at = last - minutes + 1; at <= last; at++)
    for (const expr of parts)
      await write(
        `      - {expr: ${JSON.stringify(expr)}, eval_time: ${at}m, exp_samples: [{labels: "nothing", value: 0}]}\n`,
      );
  out.end();
  await once(out, "close");
  const output = await promisify(execFile)(promtool, ["test", "rules", "test.yaml"], {
    cwd: folder,
    maxBuffer: 2 ** 30,
    env: { ...process.env, GOGC: "400" },
  }).then(
    ({ stdout, stderr }) => stdout + stderr,
    (error: unknown) => {
      // An answer that is not the expected one is printed: the test expects nothing.
      const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
      return stdout + stderr;
    },
  );
  return decoded(output, services, windows, { answers: minutes * parts.length, each: parts.length });
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
