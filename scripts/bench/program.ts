import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dump } from "js-yaml";
import type { Findings } from "../../cli/command.ts";
import { writeBlock } from "../../cli/markdownBlock.ts";
import { markdownTable } from "../../cli/markdownTable.ts";
import { mirror } from "../../review/program/mirror.ts";
import { productionExample, stackConfig } from "../../review/program/stackConfig.ts";
import { standInMirror } from "../../review/program/standInMirror.ts";
import { median } from "./apiLatency.ts";
import { type LanguageRun, runLanguageProcess } from "./languageProcess.ts";
import { inTurn } from "./turns.ts";

/**
 * Measures what the program takes from its settings to its last registration, as a process of its own against an engine that only
 * answers: the stacks, and programs of teams with more and more APIs. Figures only: nothing is judged.
 */

const project = join(import.meta.dirname, "../..");

/** A program with its configuration. */
interface Measured {
  readonly name: string;
  readonly folder: string;
  readonly config?: Readonly<Record<string, string>>;
}

/** @param rounds how often each is measured; @param write put the table into docs/decisions.md */
export async function benchProgram(rounds: number, write: boolean): Promise<Findings> {
  const work = mkdtempSync(join(tmpdir(), "fluffy-observability-bench-"));
  try {
    const teams = [1, 10, 100].map((count) => teamProgram(work, count));
    const all = [...(await stacks()), ...teams, plainProgram(work, 1300)];
    const runs = new Map<string, LanguageRun[]>(all.map(({ name }) => [name, []]));
    // Round 0 fills the caches, among them that of the charts.
    for (let round = 0; round <= rounds; round++) {
      for (const { name, folder, config = {} } of inTurn(all, round)) {
        const run = await runLanguageProcess(folder, { config });
        if (run.code !== 0) throw new Error(`${name} ended with ${String(run.code)}: ${JSON.stringify(run.logs)}`);
        if (round > 0) runs.get(name)?.push(run);
      }
    }
    const table = `${tableOf(runs)}\n\nMedians of ${rounds} rounds in turns, ${mirror === undefined ? "stand-ins" : "real artifacts"}, Node ${process.version}.`;
    if (write) writeBlock(join(project, "docs/decisions.md"), "program", table);
    return { text: table, json: { programs: figuresOf(runs) } };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function stacks(): Promise<Measured[]> {
  const own = { artifactsMirror: mirror ?? (await standInMirror()), artifactsLocked: "false" };
  const example = stackConfig("prod", ".", productionExample);
  return [
    { name: "stack dev", folder: project, config: { ...stackConfig("dev"), ...own } },
    { name: "stack prod", folder: project, config: { ...stackConfig("prod"), ...own } },
    { name: "prod, everything on", folder: project, config: { ...example, ...own } },
  ];
}

/** The program of a team with so many APIs. */
function teamProgram(work: string, count: number): Measured {
  const name = count === 1 ? "1 API of a team" : `${count} APIs of a team`;
  return writtenProgram(work, name, "review/program/teamApis.ts", `registerTeamApis(${count})`);
}

/** What the SDK itself takes for so many resources. */
function plainProgram(work: string, count: number): Measured {
  const call = `registerPlainResources(${count})`;
  return writtenProgram(work, `${count} plain resources`, "scripts/bench/plainResources.ts", call);
}

/** Writes a program that makes one call of a function of the project. */
function writtenProgram(work: string, name: string, file: string, call: string): Measured {
  const folder = join(work, name.replaceAll(" ", "-"));
  mkdirSync(folder);
  const nodeargs = `--import ${join(project, "runTypeScript.mjs")}`;
  const own = { name: "measured", main: "index.ts", runtime: { name: "nodejs", options: { nodeargs } } };
  writeFileSync(join(folder, "Pulumi.yaml"), dump(own));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: own.name, type: "module" }));
  const [called] = call.split("(");
  const source = `import { ${called} } from ${JSON.stringify(join(project, file))};\n${call};\n`;
  writeFileSync(join(folder, "index.ts"), source);
  symlinkSync(join(project, "node_modules"), join(folder, "node_modules"));
  return { name, folder };
}

/** What each run took, by program. */
function figuresOf(runs: ReadonlyMap<string, readonly LanguageRun[]>): Record<string, object> {
  const entries = [...runs].map(([name, all]) => {
    const took = all.map(({ programMs, wallMs, cpuMs }) => ({ programMs, wallMs, cpuMs }));
    return [name, { resources: all[0]?.resources.size ?? 0, runs: took }] as const;
  });
  return Object.fromEntries(entries);
}

function tableOf(runs: ReadonlyMap<string, readonly LanguageRun[]>): string {
  const rows = [...runs].map(([name, all]) => {
    const [program, wall, cpu] = (["programMs", "wallMs", "cpuMs"] as const).map((key) =>
      median(all.map((run) => run[key])),
    );
    const resources = all[0]?.resources.size ?? 0;
    return [name, resources, ...[program, wall, cpu].map((ms = Number.NaN) => `${ms.toFixed(0)} ms`)];
  });
  return markdownTable(
    [
      "Program",
      "Resources",
      "From loading the program and reading settings to the last registration",
      "Whole process",
      "Processor",
    ],
    rows,
  );
}
