import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { errorLine } from "../sandbox/errors.ts";
import type { Outcome } from "../tests/harmless/outcome.ts";
import { verifyInstrumented } from "./injectionCheck/verifyInstrumented.ts";
import { harmlessTable } from "./verify/harmlessTable.ts";
import { writeBlock } from "./verify/markdownBlock.ts";
import { verifyReliability } from "./verify/reliability.ts";
import { verifyTruth } from "./verify/truth.ts";

/** Long suites, each by its name: `npm run verify -- NAME`; with `--write` what it found goes into the project. */

const project = resolve(import.meta.dirname, "..");

/** Each gives whether everything holds. */
const suites: Readonly<Record<string, (write: boolean) => Promise<boolean>>> = {
  harmless: (write) => Promise.resolve(verifyHarmless(write)),
  reliability: (write) => Promise.resolve(verifyReliability(project, write)),
  truth: (write) => Promise.resolve(verifyTruth(project, write)),
  instrumented: async (write) => {
    const differences = await verifyInstrumented(write);
    for (const line of differences) console.log(line);
    console.log(differences.length === 0 ? "what is injected is as recorded" : `${differences.length} differences`);
    return differences.length === 0 || write;
  },
};

const [name = "", ...flags] = process.argv.slice(2);
const suite = suites[name];
const unknown = flags.find((flag) => flag !== "--write");
if (suite === undefined) {
  console.error(`unknown suite "${name}": allowed are ${Object.keys(suites).join(", ")}`);
  process.exitCode = 2;
} else if (unknown !== undefined) {
  console.error(`unknown flag "${unknown}": allowed is --write`);
  process.exitCode = 2;
} else {
  try {
    process.exitCode = (await suite(flags.includes("--write"))) ? 0 : 1;
  } catch (error) {
    console.error(errorLine(error));
    process.exitCode = 1;
  }
}

/** Every application on every Python with every state of the collector. */
function verifyHarmless(write: boolean): boolean {
  const folder = mkdtempSync(join(tmpdir(), "fluffy-observability-verify-"));
  try {
    const results = join(folder, "results");
    const { status } = spawnSync("mocha", ["tests/harmless/harmless.test.ts"], {
      cwd: project,
      stdio: "inherit",
      env: { ...process.env, VERIFY_RESULTS: results },
    });
    const lines = readFileSync(results, "utf8").trim().split("\n");
    const table = harmlessTable(lines.map((line) => JSON.parse(line) as Outcome));
    console.log(table);
    // A table of a run that failed is no claim.
    if (write && status === 0) writeBlock(join(project, "docs/injection.md"), "harmless", table);
    return status === 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
