import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join, relative } from "node:path";
import { promisify } from "node:util";
import type { Findings } from "../../cli/command.ts";
import { markdownTable } from "../../cli/markdownTable.ts";
import { countsOfMocha } from "../test/testCounts.ts";
import { formerCommit, writeFormerProgram } from "./formerProgram.ts";

const project = join(import.meta.dirname, "../..");

/** A test, as mocha's JSON reporter lists it. */
interface ListedTest {
  readonly fullTitle: string;
  readonly file: string;
}

/** A project whose tests are run. */
interface Side {
  readonly folder: string;
  readonly tests: readonly ListedTest[];
}

/** What a part of them took. */
interface TestRun {
  readonly passed: number;
  readonly seconds: number;
}

/** Parts of the tests, as `npm test` runs them: how many files at a time. */
const processors = Math.max(2, availableParallelism());
const parts = [
  { name: "cluster", jobs: processors + 1, has: (file: string) => file.startsWith("tests/cluster/") },
  { name: "telemetry", jobs: 2, has: (file: string) => file.startsWith("tests/telemetry/") },
  { name: "all others", jobs: processors, has: (file: string) => !/^tests\/(cluster|telemetry)\//.test(file) },
] as const;

/**
 * Measures the tests of commit 06fdc80 that still stand, by their names: as they are there, and as they are now, part by part. Programs
 * that a test needs should be built before, by a run of `npm test` on both.
 */
export async function benchTests(): Promise<Findings> {
  const work = mkdtempSync(join(tmpdir(), "fluffy-observability-bench-"));
  try {
    const former = await sideOf(writtenFormer(work), work);
    const present = await sideOf(project, work);
    const known = new Set(former.tests.map(({ fullTitle }) => fullTitle));
    const standing = new Set(present.tests.map(({ fullTitle }) => fullTitle).filter((title) => known.has(title)));
    const titles = join(work, "titles.json");
    writeFileSync(titles, JSON.stringify([...standing]));
    const rows: string[][] = [];
    const found: { name: string; former: TestRun; present: TestRun }[] = [];
    const total = { former: 0, present: 0 };
    for (const { name, jobs, has } of parts) {
      const filesOf = ({ folder, tests }: Side) => {
        const files = tests
          .filter(({ fullTitle }) => standing.has(fullTitle))
          .map(({ file }) => relative(folder, file));
        return [...new Set(files)].filter(has);
      };
      const before = await runTests(former, filesOf(former), jobs, titles);
      const now = await runTests(present, filesOf(present), jobs, titles);
      found.push({ name, former: before, present: now });
      total.former += before.seconds;
      total.present += now.seconds;
      rows.push([name, ...[before, now].flatMap(({ passed, seconds }) => [String(passed), seconds.toFixed(0)])]);
    }
    rows.push(["all", "", total.former.toFixed(0), "", total.present.toFixed(0)]);
    const table = markdownTable(["Tests", `${formerCommit}: passed`, "seconds", "now: passed", "seconds"], rows);
    return {
      text: `${table}\n\n${standing.size} of ${known.size} names stand; ratio ${(total.present / total.former).toFixed(2)}`,
      json: { parts: found, names: { known: known.size, standing: standing.size } },
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

async function sideOf(folder: string, work: string): Promise<Side> {
  const file = join(work, "listed.json");
  rmSync(file, { force: true });
  await mocha(folder, ["--dry-run", "--reporter", "json", "--reporter-option", `output=${file}`, "tests/**/*.test.ts"]);
  if (!existsSync(file)) throw new Error(`the tests in ${folder} cannot be listed`);
  return { folder, tests: (JSON.parse(readFileSync(file, "utf8")) as { tests: ListedTest[] }).tests };
}

async function runTests({ folder }: Side, files: readonly string[], jobs: number, titles: string): Promise<TestRun> {
  const started = performance.now();
  const only = ["--require", join(import.meta.dirname, "onlyTitles.mjs")];
  const output = await mocha(folder, ["--parallel", "--jobs", String(jobs), ...only, ...files], titles);
  return { passed: countsOfMocha(output, true).passed, seconds: (performance.now() - started) / 1000 };
}

/** What mocha printed, whether or not a test failed. */
async function mocha(folder: string, args: readonly string[], titles = ""): Promise<string> {
  const run = ["scripts/run.mjs", "mocha", ...args];
  const options = { cwd: folder, env: { ...process.env, ONLY_TITLES: titles }, maxBuffer: 2 ** 28 };
  try {
    return (await promisify(execFile)(process.execPath, run, options)).stdout;
  } catch (error) {
    return (error as { stdout?: string }).stdout ?? "";
  }
}
