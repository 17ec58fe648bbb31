import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { dump } from "js-yaml";
import { parseSettings } from "../../settings/read.ts";
import type { RuleGroup } from "../../rules/rule.ts";
import { platformRules } from "../../rules/index.ts";

/** The PrometheusRules that have cases. */
export const testedSubjects = ["platform", "services", "cluster"] as const;

/** The rules that the cases are written for: with objectives of single services, pairs of Prometheus and Alertmanager, and tail sampling. */
export function testedRules(): Readonly<Record<(typeof testedSubjects)[number], RuleGroup[]>> {
  const slo = { services: { "orders-api": { availability: 0.999, latencySeconds: 1 } } };
  const { cluster = [], ...others } = platformRules(
    parseSettings({
      slo: JSON.stringify(slo),
      prometheus: JSON.stringify({ replicas: 2 }),
      alertmanager: JSON.stringify({ replicas: 3 }),
      collector: JSON.stringify({ tailSampling: { enabled: true } }),
      instrumentation: JSON.stringify({ samplingRatio: 1 }),
    }),
  );
  return { ...others, cluster };
}

/** A rule file as Prometheus reads it. */
export function ruleFile(groups: readonly RuleGroup[]): string {
  return dump({ groups }, { lineWidth: -1 });
}

/** How promtool ended. */
export interface Verdict {
  ok: boolean;
  /** All that it printed. */
  output: string;
}

/**
 * Runs promtool with files written to a folder.
 *
 * @param files content by name
 * @param args its arguments, after the subcommand that they begin with
 */
export async function runPromtool(
  program: string,
  folder: string,
  files: Readonly<Record<string, string>>,
  args: readonly string[],
): Promise<Verdict> {
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  try {
    // It computes a sixth less where it collects garbage less often.
    const env = { ...process.env, GOGC: "400" };
    const { stdout, stderr } = await promisify(execFile)(program, args, { cwd: folder, env });
    return { ok: true, output: stdout + stderr };
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    // Without output it did not even start.
    if (stdout === undefined || stderr === undefined) throw error;
    return { ok: false, output: stdout + stderr };
  }
}
