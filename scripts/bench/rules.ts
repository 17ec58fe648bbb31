import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { parseSettings } from "../../components/settings.ts";
import type { RuleGroup } from "../../rules/rule.ts";
import { platformRules } from "../../rules/rules.ts";
import { sandboxPaths } from "../../sandbox/paths.ts";
import { ensureTools } from "../../sandbox/programs/tools.ts";
import { createReport } from "../../sandbox/report.ts";
import { stackConfig } from "../../tests/support/stackConfig.ts";
import { formerCommit, writeFormerProgram } from "./formerProgram.ts";
import { type Evaluation, evaluateRules } from "./ruleEvaluation.ts";
import { ruleSamples } from "./ruleSamples.ts";
import { writeBlock } from "./tsdbBlock.ts";

/**
 * What the rules cost: a real Prometheus over three days of samples evaluates every group of the rules of now and of those of commit
 * 06fdc80, at one moment, as often as it takes to know the processor time.
 */

const project = join(import.meta.dirname, "../..");

/** @param sizes numbers of services, one after the other */
export async function benchRules(sizes: readonly number[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "fluffy-observability-bench-"));
  try {
    const { prometheus } = await ensureTools(["prometheus"], sandboxPaths(), createReport());
    const former = join(folder, "former");
    writeFormerProgram(project, former);
    const sets: Readonly<Record<string, RuleGroup[]>> = {
      [`rules of ${formerCommit}`]: await formerRules(former),
      "rules of now": Object.values(platformRules(parseSettings(stackConfig("prod")))).flat(),
    };
    console.log("           services  rules  CPU ms: once each      a minute    MiB");
    for (const services of sizes) {
      const data = join(folder, "data");
      mkdirSync(data);
      const end = Math.floor(Date.now() / 1000);
      writeBlock(data, ruleSamples(services, end, Object.values(sets).flat()));
      let first: Evaluation | undefined;
      for (const [name, groups] of Object.entries(sets)) {
        const evaluation = await evaluateRules({ prometheus, folder, data, end }, groups);
        const rules = groups.reduce((sum, group) => sum + group.rules.length, 0);
        console.log(row(name, services, rules, evaluation, first));
        first ??= evaluation;
      }
      rmSync(data, { recursive: true });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function row(name: string, services: number, rules: number, evaluation: Evaluation, first?: Evaluation): string {
  const figures = (["once", "perMinute", "memory"] as const).map((figure) => {
    const share = first === undefined ? "" : `1/${(first[figure] / evaluation[figure]).toFixed(1)}`;
    return `${evaluation[figure].toFixed(0).padStart(7)} ${share.padStart(6)}`;
  });
  return [name.padEnd(16), String(services).padStart(3), String(rules).padStart(5), ...figures].join("  ");
}

async function formerRules(program: string): Promise<RuleGroup[]> {
  const rules = (await import(join(program, "rules/rules.ts"))) as { platformRules: typeof platformRules };
  const parser = (await import(join(program, "components/settings.ts"))) as { parseSettings: typeof parseSettings };
  return Object.values(
    rules.platformRules(parser.parseSettings(stackConfig("prod", relative(project, program)))),
  ).flat();
}
