import { type ChildProcess, spawn } from "node:child_process";
import { constants, setPriority } from "node:os";
import { resolve } from "node:path";
import { Argument } from "commander";
import { clusterTools } from "../sandbox/cluster/config.ts";
import { npmCommand, runScript } from "../cli/command.ts";
import { errorLine } from "../cli/errors.ts";
import { sandboxPaths } from "../sandbox/paths.ts";
import { createReport } from "../cli/report.ts";
import { telemetryTools } from "../sandbox/telemetry/programs.ts";
import type { ToolName } from "../sandbox/programs/catalog.ts";
import { ensureTools } from "../sandbox/programs/tools.ts";
import { filesOfParts, testParts } from "./test/parts.ts";
import { addCounts, type Counts, countsOfMocha, formatCounts } from "./test/testCounts.ts";

/** One part of `npm test`. */
interface Check {
  /** A program of node_modules/.bin that passes or fails, or that runs tests, with its arguments. */
  readonly run: readonly [program: "tsc" | "eslint" | "prettier" | "mocha", ...args: string[]];
  /** What is built before: a test's time is its own then, and two programs are built at once. */
  readonly tools?: readonly ToolName[];
  /** Whether it runs beside the others, with its output at the end: it mostly waits. */
  readonly beside?: boolean;
}

const project = resolve(import.meta.dirname, "..");

/** A test that was left alone with `.only` must not hide the others where it counts. */
const mochaArgs = ["--fail-zero", ...(process.env.CI ? ["--forbid-only"] : [])];

const inCluster: readonly ToolName[] = [
  ...clusterTools,
  ...(["pulumi", "pulumi-resource-kubernetes", "helm", "prometheus-operator"] as const),
];

const filesOf = filesOfParts(testParts, project);
const mocha = (part: keyof typeof testParts, tools: readonly ToolName[] = []): Check => {
  const { jobs } = testParts[part];
  const parallel = jobs > 1 ? ["--parallel", "--jobs", String(jobs)] : [];
  return { run: ["mocha", ...mochaArgs, ...parallel, ...filesOf[part]], tools };
};

/** The fast ones first. */
const checks: Record<string, Check> = {
  types: { run: ["tsc", "--noEmit"] },
  // What runs in a browser knows other globals.
  browserTypes: { run: ["tsc", "--noEmit", "--project", "page/browser"] },
  lint: { run: ["eslint", "."] },
  formatting: { run: ["prettier", "--check", "--log-level", "warn", "."] },
  unit: mocha("unit", ["promtool"]),
  program: mocha("program"),
  commands: mocha("commands", ["actionlint"]),
  alerting: mocha("alerting", ["promtool"]),
  cluster: mocha("cluster", [...inCluster, "cert-manager", "cyclonus", "grafana-operator", "kube-score"]),
  harmless: mocha("harmless"),
  telemetry: {
    ...mocha("telemetry", [...inCluster, ...telemetryTools, "telemetrygen", "promtool", "amtool"]),
    beside: true,
  },
};

const running = new Set<ChildProcess>();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    // Mocha's own process has a child that runs the tests: it ends that one at a SIGINT only.
    for (const child of running) child.kill("SIGINT");
    process.exit(130);
  });
}
const command = npmCommand(
  "test",
  "Runs the project's checks, all of them or those that are named.",
  "unit program",
).addArgument(new Argument("[check...]", "what is run").choices(Object.keys(checks)).default(Object.keys(checks)));
await runScript(command, async () => {
  const [chosen] = command.processedArgs as [string[]];
  process.exitCode = await main(chosen);
});

/** Runs the checks one after the other, all of them whatever fails, and ends with one line that sums them up. */
async function main(names: string[]): Promise<number> {
  const chosenChecks: [string, Check][] = [];
  for (const name of names) {
    const check = checks[name];
    if (check !== undefined) chosenChecks.push([name, check]);
  }
  try {
    const tools = chosenChecks.flatMap(([, check]) => check.tools ?? []);
    await ensureTools([...new Set(tools)], sandboxPaths(), createReport());
  } catch (error) {
    // The tests that need it say so again, each for itself.
    console.error(errorLine(error));
  }
  let total: Counts = { passed: 0, failed: 0, skipped: 0, standIns: 0 };
  const timed = async ([name, check]: [string, Check]) => {
    const started = Date.now();
    const { counts, held } = await run(check);
    total = addCounts(total, counts);
    return `${held}${name}: ${formatCounts(counts)} in ${Math.round((Date.now() - started) / 1000)} s\n`;
  };
  const beside = chosenChecks.filter(([, check]) => check.beside).map(timed);
  for (const each of chosenChecks) if (each[1].beside !== true) console.log(await timed(each));
  for (const each of beside) console.log(await each);
  if (total.standIns > 0)
    console.log(`${total.standIns} of them ran against stand-ins, not the operators' real manifests`);
  console.log(formatCounts(total));
  return total.failed > 0 ? 1 : 0;
}

/**
 * Runs one check with its output passed on.
 *
 * @returns also the output that is held back, of a check that runs beside others
 */
async function run({ run: [program, ...args], beside = false }: Check): Promise<{ counts: Counts; held: string }> {
  // What goes through a pipe is printed without colours unless asked for.
  const colour = process.stdout.isTTY && program !== "tsc" ? ["--color"] : [];
  const child = spawn(resolve(project, "node_modules/.bin", program), [...colour, ...args], {
    cwd: project,
    stdio: ["ignore", "pipe", beside ? "pipe" : "inherit"],
  });
  // What runs beside it is measured in seconds: it goes first.
  if (!beside && child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  running.add(child);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      if (!beside) process.stdout.write(text);
      output += text;
    });
  }
  const code = await new Promise<number | null>((done, reject) => {
    child.on("error", reject);
    child.on("close", done);
  });
  running.delete(child);
  const held = beside ? output : "";
  if (program === "mocha") return { counts: countsOfMocha(output, code === 0), held };
  const passed = code === 0 ? 1 : 0;
  return { counts: { passed, failed: 1 - passed, skipped: 0, standIns: 0 }, held };
}
