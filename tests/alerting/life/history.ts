import { execFile } from "node:child_process";
import { createWriteStream } from "node:fs";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { dump } from "js-yaml";
import type { RuleGroup } from "../../../rules/rule.ts";

/** When which alert fired, from the rules themselves in promtool. */

/** An alert with the minutes in which it fired. */
export interface AlertHistory {
  readonly labels: Readonly<Record<string, string>>;
  readonly firing: Uint8Array;
}

/** Minutes in one answer: each is a bit of a number that a double still holds exactly. */
const block = 50;

/**
 * Evaluates rules over all samples, minute by minute.
 *
 * @param folder empty, for the files
 */
export async function alertHistory(
  promtool: string,
  folder: string,
  groups: readonly RuleGroup[],
  samples: Iterable<readonly [string, string]>,
  minutes: number,
): Promise<AlertHistory[]> {
  await writeFile(join(folder, "rules.yaml"), dump({ groups }, { lineWidth: -1 }));
  await writeTest(join(folder, "life.yaml"), groups, samples, minutes);
  // An answer that is not the expected one is printed: the test expects nothing.
  const output = await promisify(execFile)(promtool, ["test", "rules", "life.yaml"], {
    cwd: folder,
    maxBuffer: 2 ** 30,
    // It would collect garbage half of its time.
    env: { ...process.env, GOGC: "400" },
  }).then(
    ({ stdout, stderr }) => stdout + stderr,
    (error: unknown) => {
      const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
      return stdout + stderr;
    },
  );
  return decoded(output, minutes);
}

async function writeTest(
  file: string,
  groups: readonly RuleGroup[],
  samples: Iterable<readonly [string, string]>,
  minutes: number,
): Promise<void> {
  const out = createWriteStream(file);
  const write = async (text: string) => {
    if (!out.write(text)) await once(out, "drain");
  };
  await write("rule_files: [rules.yaml]\nevaluation_interval: 1m\n");
  // Teams' groups first: what they read of the platform's is then one evaluation old, as it may be.
  await write(`group_eval_order: ${JSON.stringify(groups.map(({ name }) => name))}\n`);
  await write("tests:\n  - interval: 1m\n    input_series:\n");
  for (const [series, values] of samples)
    await write(`      - {series: ${JSON.stringify(series)}, values: ${JSON.stringify(values)}}\n`);
  await write("    promql_expr_test:\n");
  for (let end = block; end <= minutes; end += block) {
    // Subqueries leave out their beginning: minutes end - block + 1 to end.
    const expr = `sum_over_time((ALERTS{alertstate="firing"} * on () group_left () (2 ^ ((vector(1) * time() / 60 - ${end - block + 1}))))[${block}m:1m])`;
    await write(
      `      - {expr: ${JSON.stringify(expr)}, eval_time: ${end}m, exp_samples: [{labels: "nothing", value: 0}]}\n`,
    );
  }
  out.end();
  await once(out, "close");
}

/** Reads what promtool found instead of what was expected. */
export function decoded(output: string, minutes: number): AlertHistory[] {
  const found = new Map<string, AlertHistory>();
  const lines = output.split("\n");
  let end = 0;
  let answers = 0;
  for (const line of lines) {
    const time = /time: (\S+),$/.exec(line)?.[1];
    if (time !== undefined) end = minutesOf(time);
    const got = /^\s+got: (.*)$/.exec(line)?.[1];
    if (got === undefined) continue;
    answers++;
    for (const [, text = "", value = ""] of got.matchAll(/(\{[^}]*\}) ([\d.E+]+)/g)) {
      const history = found.get(text) ?? { labels: labelsOf(text), firing: new Uint8Array(minutes) };
      found.set(text, history);
      let bits = BigInt(Number(value));
      for (let at = end - block + 1; bits > 0n; at++, bits >>= 1n) if ((bits & 1n) === 1n) history.firing[at] = 1;
    }
  }
  if (answers !== Math.floor(minutes / block))
    throw new Error(`promtool gave ${answers} answers: ${output.slice(0, 500)}`);
  return [...found.values()];
}

function minutesOf(duration: string): number {
  const units: Readonly<Record<string, number>> = { w: 10_080, d: 1440, h: 60, m: 1 };
  return [...duration.matchAll(/(\d+)([wdhm])/g)].reduce(
    (sum, [, count, unit = ""]) => sum + Number(count) * (units[unit] ?? 0),
    0,
  );
}

function labelsOf(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, name = "", value = ""]) => [name, value]),
  );
}
