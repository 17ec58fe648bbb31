import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { availableParallelism, constants, setPriority, tmpdir } from "node:os";
import { join, relative } from "node:path";
import { promisify } from "node:util";
import type { Findings } from "../../cli/command.ts";
import { markdownTable } from "../../cli/markdownTable.ts";
import { filesOfParts, type TestParts, testParts } from "../test/parts.ts";
import { countsOfMocha } from "../test/testCounts.ts";
import { formerCommit, writeFormerProgram } from "./formerProgram.ts";

const project = join(import.meta.dirname, "../..");
const onlyTitles = join(import.meta.dirname, "onlyTitles.mjs");

/** A test, as mocha's JSON reporter lists it. */
interface ListedTest {
  readonly fullTitle: string;
  readonly file: string;
}

/** A project whose tests are run. */
interface Side {
  readonly folder: string;
  readonly parts: TestParts;
  readonly tests: readonly ListedTest[];
}

const processors = Math.max(2, availableParallelism());

/** The parts of `npm test` at that commit. */
const formerParts: TestParts = {
  unit: { files: ["tests/**/*.test.ts"], jobs: processors },
  program: { files: ["tests/program/**/*.test.ts", "tests/policy/**/*.test.ts"], jobs: processors },
  commands: {
    files: ["tests/scripts/*.test.ts", "tests/workflows/**/*.test.ts", "tests/sandbox/tools/tools.test.ts"],
    jobs: processors,
  },
  alerting: { files: ["tests/alerting/**/*.test.ts"], jobs: processors },
  cluster: { files: ["tests/cluster/**/*.test.ts"], jobs: processors + 1 },
  telemetry: { files: ["tests/telemetry/**/*.test.ts"], jobs: 2 },
};

/**
 * Measures the tests of commit 06fdc80 that still stand, by their names: as they are there, and as they are now. Each side runs as its
 * own `npm test` does: in its parts, its order and its number of files at one time, with the telemetry tests beside all others. Added
 * up part by part, a side that lets one part wait while another works would look as slow as one that does not. Programs that a test
 * needs should be built before, by a run of `npm test` on both.
 */
export async function benchTests(): Promise<Findings> {
  const work = mkdtempSync(join(tmpdir(), "fluffy-observability-bench-"));
  try {
    const former = await sideOf(writtenFormer(work), formerParts, work);
    const present = await sideOf(project, testParts, work);
    const known = new Set(former.tests.map(({ fullTitle }) => fullTitle));
    const standing = new Set(present.tests.map(({ fullTitle }) => fullTitle).filter((title) => known.has(title)));
    const titles = join(work, "titles.json");
    writeFileSync(titles, JSON.stringify([...standing]));
    const before = await runSide(former, standing, titles);
    const now = await runSide(present, standing, titles);
    const cells = (run: Run | undefined) => [
      run === undefined ? "" : String(run.passed),
      run?.seconds.toFixed(0) ?? "",
    ];
    const rows = Object.keys(testParts).map((name) => [name, ...cells(before.parts[name]), ...cells(now.parts[name])]);
    rows.push(["all", "", before.seconds.toFixed(0), "", now.seconds.toFixed(0)]);
    const table = markdownTable(["Tests", `${formerCommit}: passed`, "seconds", "now: passed", "seconds"], rows);
    return {
      text: `${table}\n\n${standing.size} of ${known.size} names stand; ratio ${(now.seconds / before.seconds).toFixed(2)}`,
      json: { former: before, present: now, names: { known: known.size, standing: standing.size } },
    };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** The project of that commit, which installs packages of its own. */
function writtenFormer(work: string): string {
  const folder = join(work, "former");
  writeFormerProgram(project, folder);
  rmSync(join(folder, "node_modules"));
  // Or it would skip what the tests of now run with it.
  const shared = join(project, "../shared");
  if (existsSync(shared)) symlinkSync(shared, join(work, "shared"));
  return folder;
}

async function sideOf(folder: string, parts: TestParts, work: string): Promise<Side> {
  const file = join(work, "listed.json");
  rmSync(file, { force: true });
  await mocha(folder, ["--dry-run", "--reporter", "json", "--reporter-option", `output=${file}`, "tests/**/*.test.ts"]);
  if (!existsSync(file)) throw new Error(`the tests in ${folder} cannot be listed`);
  return { folder, parts, tests: (JSON.parse(readFileSync(file, "utf8")) as { tests: ListedTest[] }).tests };
}

/** A part that was run. */
interface Run {
  readonly passed: number;
  readonly seconds: number;
}

/** Runs the tests of a side with these titles. */
async function runSide({ folder, parts, tests }: Side, standing: ReadonlySet<string>, titles: string) {
  const wanted = new Set(
    tests.filter(({ fullTitle }) => standing.has(fullTitle)).map(({ file }) => relative(folder, file)),
  );
  const filesOf = filesOfParts(parts, folder);
  const runs: Record<string, Run> = {};
  const run = async (name: string) => {
    const files = filesOf[name]?.filter((file) => wanted.has(file)) ?? [];
    if (files.length === 0) return;
    const started = performance.now();
    const args = ["--parallel", "--jobs", String(parts[name]?.jobs), "--require", onlyTitles, ...files];
    // As in `npm test`: what runs beside the telemetry tests yields to them.
    const output = await mocha(folder, args, titles, name !== "telemetry");
    runs[name] = { passed: countsOfMocha(output, true).passed, seconds: (performance.now() - started) / 1000 };
  };
  const started = performance.now();
  const beside = run("telemetry");
  for (const name of Object.keys(parts)) if (name !== "telemetry") await run(name);
  await beside;
  return { parts: runs, seconds: (performance.now() - started) / 1000 };
}

/** What mocha printed, whether or not a test failed. */
async function mocha(folder: string, args: readonly string[], titles = "", yields = false): Promise<string> {
  const command = ["scripts/run.mjs", "mocha", ...args];
  const options = { cwd: folder, env: { ...process.env, ONLY_TITLES: titles }, maxBuffer: 2 ** 28 };
  try {
    const running = promisify(execFile)(process.execPath, command, options);
    if (yields && running.child.pid !== undefined)
      setPriority(running.child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
    return (await running).stdout;
  } catch (error) {
    return (error as { stdout?: string }).stdout ?? "";
  }
}
