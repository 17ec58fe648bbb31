import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { parseSettings } from "../../settings/read.ts";
import type { RuleGroup } from "../../rules/rule.ts";
import { platformRules } from "../../rules/index.ts";
import { sandboxPaths } from "../../sandbox/paths.ts";
import { ensureTools } from "../../sandbox/programs/tools.ts";
import type { Findings } from "../../cli/command.ts";
import { createReport } from "../../cli/report.ts";
import { stackConfig } from "../../review/program/stackConfig.ts";
import { formerCommit, writeFormerProgram } from "./formerProgram.ts";
import { evaluateRules } from "./ruleEvaluation.ts";
import { ruleSamples } from "./ruleSamples.ts";
import { type Measured, ruleTable } from "./ruleTable.ts";
import { writeBlock as writeMarkdown } from "../../cli/markdownBlock.ts";
import { writeBlock } from "./tsdbBlock.ts";

/**
 * What the rules cost: a real Prometheus over three days of samples evaluates every group of the rules of now and of those of commit
 * 06fdc80, at one moment, as often as it takes to know the processor time.
 */

const project = join(import.meta.dirname, "../..");

/**
 * @param sizes numbers of services, one after the other
 * @param write puts the table into docs/decisions.md
 */
export async function benchRules(sizes: readonly number[], write: boolean): Promise<Findings> {
  const folder = mkdtempSync(join(tmpdir(), "fluffy-observability-bench-"));
  try {
    const { prometheus } = await ensureTools(["prometheus"], sandboxPaths(), createReport());
    const former = join(folder, "former");
    writeFormerProgram(project, former);
    const sets: Readonly<Record<string, RuleGroup[]>> = {
      [formerCommit]: await formerRules(former),
      now: Object.values(platformRules(parseSettings(stackConfig("prod")))).flat(),
    };
    const measured: Measured[] = [];
    for (const services of sizes) {
      const data = join(folder, "data");
      mkdirSync(data);
      const end = Math.floor(Date.now() / 1000);
      writeBlock(data, ruleSamples(services, end, Object.values(sets).flat()));
      for (const [of, groups] of Object.entries(sets)) {
        const rules = groups.reduce((sum, group) => sum + group.rules.length, 0);
        const evaluation = await evaluateRules({ prometheus, folder, data, end }, groups);
        measured.push({ services, of, rules, evaluation });
      }
      rmSync(data, { recursive: true });
    }
    const table = ruleTable(measured);
    if (write) writeMarkdown(join(project, "docs/decisions.md"), "rules", table);
    return { text: table, json: { measured } };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function formerRules(program: string): Promise<RuleGroup[]> {
  const rules = (await import(join(program, "rules/rules.ts"))) as { platformRules: typeof platformRules };
  const parser = (await import(join(program, "components/settings.ts"))) as { parseSettings: typeof parseSettings };
  return Object.values(
    rules.platformRules(parser.parseSettings(stackConfig("prod", relative(project, program)))),
  ).flat();
}
