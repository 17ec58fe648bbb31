import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { addCounts, type Counts, countsOfMocha, formatCounts } from "./testCounts.ts";

/** One part of `npm test`: a program of node_modules/.bin that passes or fails, or that runs tests. */
type Check = [program: "tsc" | "eslint" | "prettier" | "mocha", ...args: string[]];

const project = resolve(import.meta.dirname, "..");

/** A test that was left alone with `.only` must not hide the others where it counts. */
const mochaArgs = ["--fail-zero", ...(process.env.CI ? ["--forbid-only"] : [])];

/** The fast ones first. */
const checks: Record<string, Check> = {
  types: ["tsc", "--noEmit"],
  lint: ["eslint", "."],
  formatting: ["prettier", "--check", "--log-level", "warn", "."],
  unit: [
    "mocha",
    ...mochaArgs,
    ...["--ignore", "tests/alerting/**", "--ignore", "tests/cluster/**", "--ignore", "tests/telemetry/**"],
    "tests/**/*.test.ts",
  ],
  alerting: ["mocha", ...mochaArgs, "tests/alerting/**/*.test.ts"],
  cluster: ["mocha", ...mochaArgs, "tests/cluster/**/*.test.ts"],
  telemetry: ["mocha", ...mochaArgs, "tests/telemetry/**/*.test.ts"],
};

const chosen = process.argv.slice(2);
process.exitCode = await main(chosen.length > 0 ? chosen : Object.keys(checks));

/** Runs the checks one after the other, all of them whatever fails, and ends with one line that sums them up. */
async function main(names: string[]): Promise<number> {
  let total: Counts = { passed: 0, failed: 0, skipped: 0 };
  for (const name of names) {
    const check = checks[name];
    if (check === undefined) {
      console.error(`unknown check "${name}": allowed are ${Object.keys(checks).join(", ")}`);
      return 1;
    }
    const started = Date.now();
    const counts = await run(check);
    total = addCounts(total, counts);
    console.log(`${name}: ${formatCounts(counts)} in ${Math.round((Date.now() - started) / 1000)} s\n`);
  }
  console.log(formatCounts(total));
  return total.failed > 0 ? 1 : 0;
}

/** Runs one check with its output passed on. */
async function run([program, ...args]: Check): Promise<Counts> {
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
  return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}
