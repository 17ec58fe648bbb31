import { join } from "node:path";
import type { Findings } from "../../cli/command.ts";
import { type LanguageRun, nodeargsOf, runLanguageProcess } from "./languageProcess.ts";
import { mirror } from "../../review/program/mirror.ts";
import { stackConfig } from "../../review/program/stackConfig.ts";
import { standInMirror } from "../../review/program/standInMirror.ts";
import { median } from "./apiLatency.ts";

/**
 * Measures the Node process of a preview, as the Pulumi CLI starts it, against an engine that only answers: the way of
 * commit 06fdc80, which loads everything at once under tsx, beside what Pulumi.yaml names. Figures only: nothing is judged.
 */

const project = join(import.meta.dirname, "../..");
const config = { ...stackConfig("dev"), artifactsMirror: mirror ?? (await standInMirror()) };

const own = nodeargsOf(project);
const ways = {
  "as at 06fdc80 (--import tsx)": ["--import", "tsx"],
  [own.join(" ")]: own,
  "the same without type stripping": ["--no-experimental-strip-types", ...own],
};

/** @param rounds how often each is measured */
export async function benchStartup(rounds: number): Promise<Findings> {
  const runs = new Map<string, LanguageRun[]>(Object.keys(ways).map((name) => [name, []]));
  // Round 0 fills the caches, among them that of the charts. In turn, so that what else the machine does meets all alike.
  for (let round = 0; round <= rounds; round++) {
    for (const [name, nodeargs] of Object.entries(ways)) {
      const run = await runLanguageProcess(project, { config, nodeargs });
      if (run.code !== 0) throw new Error(`${name} ended with ${String(run.code)}: ${JSON.stringify(run.logs)}`);
      if (round > 0) runs.get(name)?.push(run);
    }
  }

  const figures = [...runs].map(([name, all]) => ({
    name,
    wall: median(all.map(({ wallMs }) => wallMs)),
    cpu: median(all.map(({ cpuMs }) => cpuMs)),
  }));
  const [first] = figures;
  const width = Math.max(...figures.map(({ name }) => name.length));
  const rows = figures.map(({ name, wall, cpu }) => {
    const ratios = [wall / (first?.wall ?? Number.NaN), cpu / (first?.cpu ?? Number.NaN)].map((ratio) =>
      ratio.toFixed(2),
    );
    const cells = [wall.toFixed(0).padStart(7), cpu.toFixed(0).padStart(6), ...ratios];
    return [name.padEnd(width), ...cells].join("  ");
  });
  return {
    text: [
      `${"start of a preview, dev".padEnd(width)}  wall ms  CPU ms  wall  CPU (ratio)`,
      ...rows,
      `medians of ${rounds} rounds, ${mirror === undefined ? "stand-ins" : "real artifacts"}, Node ${process.version}`,
    ].join("\n"),
    json: { starts: figures.map(({ name, wall, cpu }) => ({ name, wallMs: wall, cpuMs: cpu })) },
  };
}
