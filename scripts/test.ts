import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { clusterTools } from "../sandbox/cluster/config.ts";
import { errorLine } from "../sandbox/errors.ts";
import { sandboxPaths } from "../sandbox/paths.ts";
import { createReport } from "../sandbox/report.ts";
import { telemetryTools } from "../sandbox/telemetry/programs.ts";
import type { ToolName } from "../sandbox/tools/catalog.ts";
import { ensureTools } from "../sandbox/tools/tools.ts";
import { addCounts, type Counts, countsOfMocha, formatCounts } from "./testCounts.ts";

/** One part of `npm test`. */
interface Check {
  /** A program of node_modules/.bin that passes or fails, or that runs tests, with its arguments. */
  readonly run: readonly [program: "tsc" | "eslint" | "prettier" | "mocha", ...args: string[]];
  /** What is built before: a test's time is its own then, and two programs are built at once. */
  readonly tools?: readonly ToolName[];
}

const project = resolve(import.meta.dirname, "..");

/** A test that was left alone with `.only` must not hide the others where it counts. */
const mochaArgs = ["--fail-zero", ...(process.env.CI ? ["--forbid-only"] : [])];

/** Tests that take longer than those of one file's functions, by what they are about. */
const apart = {
  program: ["tests/program/**/*.test.ts", "tests/policy/**/*.test.ts"],
  commands: ["tests/scripts/*.test.ts", "tests/workflows/**/*.test.ts", "tests/sandbox/tools/tools.test.ts"],
  alerting: ["tests/alerting/**/*.test.ts"],
  cluster: ["tests/cluster/**/*.test.ts"],
  telemetry: ["tests/telemetry/**/*.test.ts"],
};
const inCluster: readonly ToolName[] = [...clusterTools, "helm", "prometheus-operator"];

const mocha = (files: readonly string[], tools: readonly ToolName[] = []): Check => ({
  run: ["mocha", ...mochaArgs, ...files],
  tools,
});
/** For tests that have nothing in common, such as ports. */
const parallel = ["--parallel", "--jobs", String(Math.max(2, availableParallelism()))];

/** The fast ones first. */
const checks: Record<string, Check> = {
  types: { run: ["tsc", "--noEmit"] },
  lint: { run: ["eslint", "."] },
  formatting: { run: ["prettier", "--check", "--log-level", "warn", "."] },
  unit: mocha(
    [
      ...parallel,
      ...Object.values(apart)
        .flat()
        .flatMap((files) => ["--ignore", files]),
      "tests/**/*.test.ts",
    ],
    ["promtool"],
  ),
  program: mocha([...parallel, ...apart.program]),
  commands: mocha([...parallel, ...apart.commands], ["actionlint"]),
  alerting: mocha(apart.alerting, ["promtool"]),
  cluster: mocha(apart.cluster, inCluster),
  telemetry: mocha(apart.telemetry, [...inCluster, ...telemetryTools, "telemetrygen", "promtool", "amtool"]),
};

const chosen = process.argv.slice(2);
process.exitCode = await main(chosen.length > 0 ? chosen : Object.keys(checks));

/** Runs the checks one after the other, all of them whatever fails, and ends with one line that sums them up. */
async function main(names: string[]): Promise<number> {
  const chosenChecks: [string, Check][] = [];
  for (const name of names) {
    const check = checks[name];
    if (check === undefined) {
      console.error(`unknown check "${name}": allowed are ${Object.keys(checks).join(", ")}`);
      return 1;
    }
    chosenChecks.push([name, check]);
  }
  try {
    const tools = chosenChecks.flatMap(([, check]) => check.tools ?? []);
    await ensureTools([...new Set(tools)], sandboxPaths(), createReport());
  } catch (error) {
    // The tests that need it say so again, each for itself.
    console.error(errorLine(error));
  }
  let total: Counts = { passed: 0, failed: 0, skipped: 0, standIns: 0 };
  for (const [name, check] of chosenChecks) {
    const started = Date.now();
    const counts = await run(check);
    total = addCounts(total, counts);
    console.log(`${name}: ${formatCounts(counts)} in ${Math.round((Date.now() - started) / 1000)} s\n`);
  }
  if (total.standIns > 0)
    console.log(`${total.standIns} of them ran against stand-ins, not the operators' real manifests`);
  console.log(formatCounts(total));
  return total.failed > 0 ? 1 : 0;
}

/** Runs one check with its output passed on. */
async function run({ run: [program, ...args] }: Check): Promise<Counts> {
  // What goes through a pipe is printed without colours unless asked for.
  const colour = process.stdout.isTTY && program !== "tsc" ? ["--color"] : [];
  const child = spawn(resolve(project, "node_modules/.bin", program), [...colour, ...args], {
    cwd: project,
    stdio: ["ignore", "pipe", "inherit"],
  });
  // Mocha's own process has a child that runs the tests: it ends that one at a SIGINT only.
  const stop = () => {
    child.kill("SIGINT");
    process.exit(130);
  };
  process.once("SIGINT", stop).once("SIGTERM", stop);
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    process.stdout.write(text);
    output += text;
  });
  const code = await new Promise<number | null>((done, reject) => {
    child.on("error", reject);
    child.on("close", done);
  });
  process.off("SIGINT", stop).off("SIGTERM", stop);
  if (program === "mocha") return countsOfMocha(output, code === 0);
  const passed = code === 0 ? 1 : 0;
  return { passed, failed: 1 - passed, skipped: 0, standIns: 0 };
}
