/** Benchmarks, each by its name: `npm run bench -- NAME`. Figures only: nothing is judged. */

const benchmarks: Readonly<Record<string, () => Promise<unknown>>> = {
  up: () => import("./bench/up.ts"),
  telemetry: () => import("./bench/telemetry.ts"),
  injection: () => import("./bench/injection.ts"),
  startup: () => import("./bench/startup.ts"),
  rules: () => import("./bench/rules.ts"),
};

const [name = ""] = process.argv.slice(2);
const benchmark = benchmarks[name];
if (benchmark === undefined) {
  console.error(`unknown benchmark "${name}": allowed are ${Object.keys(benchmarks).join(", ")}`);
  process.exitCode = 2;
} else {
  await benchmark();
}
