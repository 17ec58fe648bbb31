import { Argument, type Command, InvalidArgumentError } from "commander";
import { exampleLine, npmCommand, runScript } from "../cli/command.ts";
import { pageArgument } from "./pageArgument.ts";

/** Benchmarks. Figures only: nothing is judged. */
const command = npmCommand("bench", "Measures side by side, in one run, on a machine that should be idle.", "up 3");

/** The one that was asked for. */
let benchmark: (() => Promise<unknown>) | undefined;

/**
 * @param example arguments of a typical call: the first one is the benchmark's name
 * @param run loads what it takes: the others would look for programs of their own
 */
const add = (example: string, description: string, run: (own: Command) => Promise<unknown>) => {
  const own = command.command(example.replace(/ .*/, "")).description(description);
  own.addHelpText("after", exampleLine("bench", example));
  return own.action(() => {
    benchmark = () => run(own);
  });
};
const numbersOf = ({ processedArgs }: Command) => processedArgs as [number, number];

add("up 3", "a stack's verbs, beside those of commit 06fdc80 and an installation by hand", async (own) =>
  (await import("./bench/up.ts")).benchUp(numbersOf(own)[0]),
).argument("[rounds]", "how often each is measured", parseCount, 5);
add("prod 3", "stack prod with everything on, beside that of commit 06fdc80", async (own) =>
  (await import("./bench/prod.ts")).benchProd(numbersOf(own)[0], own.opts<{ write: boolean }>().write),
)
  .argument("[rounds]", "how often each is measured", parseCount, 3)
  .option("--write", "put the table into docs/production.md", false);
add("telemetry", "the collector's and the sample API's own cost", () => import("./bench/telemetry.ts"));
add("collector 9", "what each part of the collector costs, beside that of commit 06fdc80", async (own) =>
  (await import("./bench/collector.ts")).benchCollector(numbersOf(own)[0], own.opts<{ write: boolean }>().write),
)
  .argument("[rounds]", "how often each is measured", parseCount, 9)
  .option("--write", "put the table into docs/decisions.md", false);
add("logs 5", "what an agent of a node costs at 10,000 lines a second, beside a plain one and vlagent", async (own) =>
  (await import("./bench/logs.ts")).benchLogs(numbersOf(own)[0], own.opts<{ write: boolean }>().write),
)
  .argument("[rounds]", "how often each is measured", parseCount, 5)
  .option("--write", "put the table into docs/decisions.md", false);
add(
  "volume 20000",
  "what log lines take on the disk of VictoriaLogs, printed by this project's applications",
  async (own) =>
    (await import("./bench/logVolume.ts")).benchLogVolume(numbersOf(own)[0], own.opts<{ write: boolean }>().write),
)
  .argument("[requests]", "how many each application answers", parseCount, 20_000)
  .option("--write", "put the table into docs/logs.md", false);
add("injection", "what injection costs a program, in each language", async (own) =>
  (await import("./bench/injection.ts")).benchInjection(own.opts<{ write: boolean }>().write),
).option("--write", "put the table into docs/injection.md", false);
add("startup 9", "the Node.js process of a preview", async (own) =>
  (await import("./bench/startup.ts")).benchStartup(numbersOf(own)[0]),
).argument("[rounds]", "how often each is measured", parseCount, 9);
add("program 9", "from settings to the last registration: the stacks, and 1, 10 and 100 APIs of a team", async (own) =>
  (await import("./bench/program.ts")).benchProgram(numbersOf(own)[0], own.opts<{ write: boolean }>().write),
)
  .argument("[rounds]", "how often each is measured", parseCount, 9)
  .option("--write", "put the table into docs/decisions.md", false);
add("rules 10 30", "all groups of rules, beside those of commit 06fdc80", async (own) => {
  const [given] = own.processedArgs as [number[]];
  const sizes = given.length > 0 ? given : [10, 30, 100];
  await (await import("./bench/rules.ts")).benchRules(sizes, own.opts<{ write: boolean }>().write);
})
  .argument(
    "[services...]",
    "how many the samples have, one size after the other. Default: 10 30 100",
    (text, before: number[] | undefined) => [...(before ?? []), parseCount(text)],
  )
  .option("--write", "put the table into docs/decisions.md", false);
add("windows", "recorded windows beside rate() of the raw series", async (own) =>
  (await import("./bench/ruleWindows.ts")).benchWindows(own.opts<{ write: boolean }>().write),
).option("--write", "put the table into docs/decisions.md", false);

add(
  "cold released",
  "the first run of the sandbox with bare caches, its programs released and built, beside commit 06fdc80",
  async (own) => {
    const { benchCold, coldKinds } = await import("./bench/cold.ts");
    const chosen = coldKinds.filter((kind) => own.args.length === 0 || own.args.includes(kind));
    await benchCold(chosen, own.opts<{ write: boolean }>().write);
  },
)
  .addArgument(
    new Argument("[what...]", "what of it; those that are built take an hour. Default: all").choices([
      "released",
      "built",
      "former",
    ]),
  )
  .option("--write", "put the tables into docs/programs.md", false);
add("tests", "the tests of commit 06fdc80 that still stand by name, there and now", async () =>
  (await import("./bench/tests.ts")).benchTests(),
);
add(
  "page http://127.0.0.1:8090 9",
  'the page that "npm run sandbox -- open" serves: first paint, and a change of the span',
  async (own) => {
    const [url, rounds] = own.processedArgs as [string, number];
    await (await import("./bench/page.ts")).benchPage(url, rounds);
  },
)
  .addArgument(pageArgument())
  .argument("[rounds]", "how often each is measured", parseCount, 9);

await runScript(command, async () => {
  await benchmark?.();
});

function parseCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count > 0) return count;
  throw new InvalidArgumentError("Allowed is a whole number above 0.");
}
