import { execFile } from "node:child_process";
import { createWriteStream } from "node:fs";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { dump } from "js-yaml";
import type { RuleGroup } from "../../rules/rule.ts";

/** What promtool is to find out. */
export interface PromtoolQuestions {
  /** Evaluated every minute, in this order. */
  readonly groups: readonly RuleGroup[];
  /** Time between two samples, such as `15s`. */
  readonly interval: string;
  /** Series with their values in promtool's notation. */
  readonly samples: Iterable<readonly [series: string, values: string]>;
  /** Expressions, each with the minute at which it is asked for. */
  readonly questions: Iterable<readonly [expr: string, minute: number]>;
}

/**
 * Evaluates rules over samples and asks for expressions. The samples may be more than fit into memory at once.
 *
 * @param folder empty, for the files
 * @returns what promtool prints: a line `got: …` for each question, in their order
 */
export async function promtoolAnswers(
  promtool: string,
  folder: string,
  { groups, interval, samples, questions }: PromtoolQuestions,
): Promise<string> {
  await writeFile(join(folder, "rules.yaml"), dump({ groups }, { lineWidth: -1 }));
  const out = createWriteStream(join(folder, "test.yaml"));
  const write = async (text: string) => {
    if (!out.write(text)) await once(out, "drain");
  };
  await write("rule_files: [rules.yaml]\nevaluation_interval: 1m\n");
  await write(`group_eval_order: ${JSON.stringify(groups.map(({ name }) => name))}\n`);
  await write(`tests:\n  - interval: ${interval}\n    input_series:\n`);
  for (const [series, values] of samples)
    await write(`      - {series: ${JSON.stringify(series)}, values: ${JSON.stringify(values)}}\n`);
  await write("    promql_expr_test:\n");
  // An answer that is not the expected one is printed: the test expects nothing.
  for (const [expr, minute] of questions)
    await write(
      `      - {expr: ${JSON.stringify(expr)}, eval_time: ${minute}m, exp_samples: [{labels: "nothing", value: 0}]}\n`,
    );
  out.end();
  await once(out, "close");
  return promisify(execFile)(promtool, ["test", "rules", "test.yaml"], {
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
}
