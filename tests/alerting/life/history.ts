import { promtoolAnswers } from "../../../review/rules/promtoolAnswers.ts";
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
  const output = await promtoolAnswers(promtool, folder, {
    groups,
    interval: "1m",
    samples,
    questions: blocks(minutes),
  });
  return decoded(output, minutes);
}

/** Which alerts fired in each block: minutes end - block + 1 to end, since subqueries leave out their beginning. */
function* blocks(minutes: number): Generator<readonly [string, number]> {
  for (let end = block; end <= minutes; end += block)
    yield [
      `sum_over_time((ALERTS{alertstate="firing"} * on () group_left () (2 ^ ((vector(1) * time() / 60 - ${end - block + 1}))))[${block}m:1m])`,
      end,
    ];
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
