import { resolve } from "node:path";
import { Argument } from "commander";
import { npmCommand, runScript, withJson } from "../../cli/command.ts";
import type { Outcome } from "../harmless/outcome.ts";
import type { LogTruth } from "../support/logTruth.ts";
import type { Truth } from "../support/truth.ts";
import { verifyInstrumented } from "../../scripts/injectionCheck/verifyInstrumented.ts";
import { verifyAlerts } from "./alerts.ts";
import { verifyCosts } from "./costs.ts";
import { harmlessTable } from "./harmlessTable.ts";
import { logsTable } from "./logsTable.ts";
import { type RecordedSuite, verifyRecorded } from "./recordedSuite.ts";
import { verifyReliability } from "./reliability.ts";
import type { SamplingFound } from "../support/samplingFound.ts";
import { samplingTable } from "./samplingTable.ts";
import type { Verdict } from "./verdict.ts";
import { truthTable } from "./truthTable.ts";
import { type StackUpgrade, upgradeTable } from "./upgradeTable.ts";

const project = resolve(import.meta.dirname, "../..");

/** Every application on every Python with every state of the collector. */
const harmless: RecordedSuite<Outcome> = {
  files: ["tests/harmless/harmless.test.ts"],
  table: harmlessTable,
  ...{ page: "docs/injection.md", block: "harmless" },
};

/** What the platform says against what was sent, by the real programs. */
const truth: RecordedSuite<Truth> = {
  files: ["truth", "restarts", "schedules", "workers", "cardinality", "pythonStartUp"].map(
    (name) => `tests/telemetry/${name}.test.ts`,
  ),
  // So many random schedules, and names of spans of one service; where Python is missing, that is a failure here.
  env: { CI: "1", SCHEDULES: "50", DISTINCT_VALUES: "450000" },
  table: truthTable,
  ...{ page: "docs/truth.md", block: "truth" },
};

/** Lines that pods write against lines that are found. */
const logs: RecordedSuite<LogTruth> = {
  files: ["logs", "logsKept"].map((name) => `tests/telemetry/${name}.test.ts`),
  table: logsTable,
  ...{ page: "docs/truth-logs.md", block: "logs" },
};

/** Stacks of an older commit against what this one makes of them. */
const upgrade: RecordedSuite<StackUpgrade> = {
  files: ["tests/cluster/formerProgram.test.ts"],
  table: upgradeTable,
  ...{ page: "docs/upgrade.md", block: "former" },
};

/** Spans that are sent to two tiers of collectors against those that are kept and counted, with the settings' defaults. */
const sampling: RecordedSuite<SamplingFound> = {
  files: ["tests/telemetry/tailSampling.test.ts", "tests/verify/samplingLoad.ts"],
  env: { CI: "1", SAMPLING_TRACES: "50000", SAMPLING_WAIT: "30", SAMPLING_KEEP: "10", SAMPLING_PODS: "3" },
  table: samplingTable,
  ...{ page: "docs/production.md", block: "sampling" },
};

const suites: Readonly<Record<string, (write: boolean) => Verdict | Promise<Verdict>>> = {
  harmless: (write) => verifyRecorded(project, harmless, write),
  reliability: (write) => verifyReliability(project, write),
  alerts: (write) => verifyAlerts(project, write),
  truth: (write) => verifyRecorded(project, truth, write),
  sampling: (write) => verifyRecorded(project, sampling, write),
  logs: (write) => verifyRecorded(project, logs, write),
  costs: (write) => verifyCosts(project, write),
  upgrade: (write) => verifyRecorded(project, upgrade, write),
  instrumented: async (write) => {
    const differences = await verifyInstrumented(write);
    const count = differences.length;
    const summary = count === 0 ? "what is injected is as recorded" : `${count} differences`;
    return { holds: count === 0 || write, text: [...differences, summary].join("\n"), json: { differences } };
  },
};

const command = withJson(
  npmCommand("verify", "Runs a long suite, which the continuous integration has a sample of.", "harmless --write")
    .addArgument(new Argument("<suite>", "what is verified").choices(Object.keys(suites)))
    .option("--write", "put what it found into the project", false),
  `{"suite", "holds", ...}, and of
  "alerts"        "now" and "former"?: {"seed", "seconds", "kinds", "missed", "falseCritical", "falseWarning", "flapping"}
  "costs"         "costs": [{"stack", "total", "furtherNode"}], both
                  {"pods", "cpu" (millicores), "memory" and "memoryLimit" (MiB), "volumes" (GiB)}
  "instrumented"  "differences": lines
  "reliability"   "seed", "results": [{"file", "passes", "failures", "pending", "duration" (milliseconds)}]
  all others      "found": what each test has recorded`,
);

await runScript(command, async () => {
  const [suite] = command.processedArgs as [string];
  const { write } = command.opts<{ write: boolean }>();
  const verdict = await suites[suite]?.(write);
  if (verdict === undefined) return;
  const { holds, text, json } = verdict;
  process.exitCode = holds ? 0 : 1;
  return { text, json: { suite, holds, ...json } };
});
