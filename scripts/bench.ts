import { InvalidArgumentError } from "commander";
import { npmCommand, runScript } from "../sandbox/command.ts";

/** Benchmarks. Figures only: nothing is judged. */
const command = npmCommand("bench", "Measures side by side, in one run, on a machine that should be idle.", "up 3");

/** The one that was asked for, which reads its own arguments. */
let benchmark: (() => Promise<unknown>) | undefined;

const add = (name: string, description: string, load: () => Promise<unknown>) =>
  command
    .command(name)
    .description(description)
    .action(() => {
      benchmark = load;
    });

add(
  "up",
  "a stack's verbs, beside those of commit 06fdc80 and an installation by hand",
  () => import("./bench/up.ts"),
).argument("[rounds]", "how often each is measured", parseRounds, 5);
add("telemetry", "the collector's and the sample API's own cost", () => import("./bench/telemetry.ts"));
add("injection", "what injection costs a program, in each language", () => import("./bench/injection.ts")).option(
  "--write",
  "put the table into docs/injection.md",
);
add("startup", "the Node.js process of a preview", () => import("./bench/startup.ts")).argument(
  "[rounds]",
  "how often each is measured",
  parseRounds,
  9,
);
add("rules", "all groups of rules, beside those of commit 06fdc80", () => import("./bench/rules.ts"));

await runScript(command, async () => {
  await benchmark?.();
});

function parseRounds(text: string): number {
  const rounds = Number(text);
  if (Number.isInteger(rounds) && rounds > 0) return rounds;
  throw new InvalidArgumentError("Allowed is a whole number above 0.");
}
