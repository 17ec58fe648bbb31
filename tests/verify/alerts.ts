import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseSettings } from "../../settings/read.ts";
import { ownObjectives } from "../../rules/ownObjectives.ts";
import { platformRules } from "../../rules/index.ts";
import { writeFileAtomically } from "../../cli/files.ts";
import { evaluate, type JudgedRules, livedParts, ownPromise } from "../alerting/life/evaluation.ts";
import type { Judgement } from "../alerting/life/judgement.ts";
import { livedThrough, nearOnes } from "../alerting/life/life.ts";
import { promtool } from "../../review/rules/promtool.ts";
import { formerCommit, writeFormerProgram } from "../../scripts/bench/formerProgram.ts";
import { type AlertsRecord, alertsTable, recordOf } from "./alertsTable.ts";
import { writeBlock } from "../../cli/markdownBlock.ts";
import type { Verdict } from "./verdict.ts";

const days = 30;
const settings = { prometheus: '{"replicas": 2}', alertmanager: '{"replicas": 3}' };

/**
 * Thirty days of twenty made-up services under the rules of now, beside what those of commit 06fdc80 said of the same. Theirs is
 * computed once and kept; `FORMER=1` computes it anew, with the seed of `SEED`.
 *
 * @param write put the table into docs/alerts.md, and keep what was computed of the former rules
 * @returns it holds when every incident is told in time, with at most one false critical alert
 */
export async function verifyAlerts(project: string, write: boolean): Promise<Verdict> {
  const kept = join(project, "tests/verify/formerAlerts.json");
  const folder = mkdtempSync(join(tmpdir(), "fluffy-observability-verify-"));
  try {
    const isFormer = process.env.FORMER === "1" || !existsSync(kept);
    const known = isFormer ? undefined : (JSON.parse(readFileSync(kept, "utf8")) as AlertsRecord);
    const seed = Number(process.env.SEED ?? known?.seed ?? Math.floor(Math.random() * 2 ** 32));
    console.error(`SEED=${seed}`);
    const life = livedThrough(seed, days);
    const run = async (name: string, rules: JudgedRules) => {
      const place = join(folder, name);
      mkdirSync(place);
      const started = Date.now();
      const judgement = await evaluate(await promtool(), place, life, rules);
      print(name, judgement);
      return recordOf(judgement, { seed, seconds: Math.round((Date.now() - started) / 1000) });
    };
    const now = await run("now", rulesOf({ platformRules, ownObjectives, parseSettings }, livedParts));
    const former =
      known?.seed === seed
        ? known
        : isFormer
          ? await run(formerCommit, await formerRules(project, join(folder, "program")))
          : undefined;
    if (former !== undefined && known === undefined && write)
      writeFileAtomically(kept, `${JSON.stringify(former, null, 2)}\n`);
    const git = (...args: string[]) => execFileSync("git", args, { cwd: project, encoding: "utf8" }).trim();
    const table = alertsTable(now, former, {
      date: new Date().toISOString().slice(0, 10),
      commit: git("rev-parse", "--short", "HEAD"),
      near: nearOnes(life.incidents),
    });
    if (write) writeBlock(join(project, "docs/alerts.md"), "alerts", table);
    return { holds: now.missed === 0 && now.falseCritical <= 1, text: table, json: { now, former } };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface RuleModules {
  readonly platformRules: typeof platformRules;
  readonly ownObjectives: typeof ownObjectives;
  readonly parseSettings: typeof parseSettings;
}

function rulesOf(modules: RuleModules, parts: Record<string, string> = {}): JudgedRules {
  const { platform, services } = modules.platformRules(modules.parseSettings({ ...settings, ...parts }));
  return { platform, services: [...modules.ownObjectives(ownPromise), ...services] };
}

async function formerRules(project: string, program: string): Promise<JudgedRules> {
  writeFormerProgram(project, program);
  const load = async (file: string) => (await import(join(program, file))) as RuleModules;
  return rulesOf({
    ...(await load("rules/rules.ts")),
    ...(await load("rules/ownObjectives.ts")),
    ...(await load("components/settings.ts")),
  });
}

function print(name: string, { missed, falseAlarms, flapping }: Judgement): void {
  for (const line of missed) console.error(`${name}: not told: ${line}`);
  for (const line of falseAlarms.critical) console.error(`${name}: false alarm: ${line}`);
  for (const line of falseAlarms.warning) console.error(`${name}: false warning: ${line}`);
  for (const line of flapping) console.error(`${name}: flapping: ${line}`);
}
