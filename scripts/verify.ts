import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Argument } from "commander";
import { npmCommand, runScript } from "../sandbox/command.ts";
import type { Outcome } from "../tests/harmless/outcome.ts";
import { verifyInstrumented } from "./injectionCheck/verifyInstrumented.ts";
import { verifyAlerts } from "./verify/alerts.ts";
import { harmlessTable } from "./verify/harmlessTable.ts";
import { writeBlock } from "./verify/markdownBlock.ts";
import { verifyReliability } from "./verify/reliability.ts";
import { verifyTruth } from "./verify/truth.ts";

const project = resolve(import.meta.dirname, "..");

/** Each gives whether everything holds. */
const suites: Readonly<Record<string, (write: boolean) => Promise<boolean>>> = {
  harmless: (write) => Promise.resolve(verifyHarmless(write)),
  reliability: (write) => Promise.resolve(verifyReliability(project, write)),
  alerts: (write) => verifyAlerts(project, write),
  truth: (write) => Promise.resolve(verifyTruth(project, write)),
  instrumented: async (write) => {
    const differences = await verifyInstrumented(write);
    for (const line of differences) console.log(line);
    console.log(differences.length === 0 ? "what is injected is as recorded" : `${differences.length} differences`);
    return differences.length === 0 || write;
  },
};

const command = npmCommand(
  "verify",
  "Runs a long suite, which the continuous integration has a sample of.",
  "harmless --write",
)
  .addArgument(new Argument("<suite>", "what is verified").choices(Object.keys(suites)))
  .option("--write", "put what it found into the project", false);

await runScript(command, async () => {
  const [suite] = command.processedArgs as [string];
  const { write } = command.opts<{ write: boolean }>();
  process.exitCode = (await suites[suite]?.(write)) === true ? 0 : 1;
});

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
