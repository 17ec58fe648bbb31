import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import path from "node:path";
import { type MochaResult, reliabilityTable, type SuiteResult } from "./reliabilityTable.ts";
import { writeBlock } from "../../cli/markdownBlock.ts";
import type { Verdict } from "./verdict.ts";

const files = [
  ...["faults", "fullDisk", "engine", "recover", "upgrade", "kill"].map((name) => `tests/cluster/${name}.test.ts`),
  ...["platformKills", "partsOff"].map((name) => `tests/reliability/${name}.ts`),
];

/**
 * Every fault, ten kills of `up` and of `destroy` on the small program, two each on the platform.
 *
 * @param write put the table into docs/reliability.md, with the date and the commit
 * @returns it holds when no test failed
 */
export function verifyReliability(project: string, write: boolean): Verdict {
  const folder = mkdtempSync(path.join(tmpdir(), "fluffy-observability-verify-"));
  const seed = process.env.SEED ?? String(Math.floor(Math.random() * 2 ** 32));
  const env = { KILLS: "10", PLATFORM_KILLS: "2", ...process.env, SEED: seed };
  try {
    const results = files.map((file): SuiteResult => {
      console.error(file);
      const output = path.join(folder, "result.json");
      const args = ["--reporter", "json", "--reporter-option", `output=${output}`, file];
      spawnSync("mocha", args, { cwd: project, stdio: ["ignore", 2, "inherit"], env });
      const { stats, failures } = JSON.parse(readFileSync(output, "utf8")) as MochaResult;
      rmSync(output);
      for (const { fullTitle, err } of failures) console.error(`  failed: ${fullTitle}: ${err.message ?? ""}`);
      return { file, ...stats };
    });
    const git = (...args: string[]) => execFileSync("git", args, { cwd: project, encoding: "utf8" }).trim();
    const table = reliabilityTable(results, {
      date: new Date().toISOString().slice(0, 10),
      commit: git("rev-parse", "--short", "HEAD"),
      isChanged: git("status", "--porcelain", "--untracked-files=no") !== "",
      ...{ seed, kills: env.KILLS, platformKills: env.PLATFORM_KILLS, cores: availableParallelism() },
    });
    // Failures too: what does not hold is to be known.
    if (write) writeBlock(path.join(project, "docs/reliability.md"), "reliability", table);
    const holds = results.every(({ failures }) => failures === 0);
    return { holds, text: table, json: { seed, results } };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
