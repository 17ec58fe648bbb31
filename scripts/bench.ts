import { Argument, type Command, InvalidArgumentError } from "commander";
import { exampleLine, type Findings, npmCommand, runScript, withJson } from "../cli/command.ts";
import { pageArgument } from "./pageArgument.ts";

/** Benchmarks. Figures only: nothing is judged. */
const command = withJson(
  npmCommand("bench", "Measures side by side, in one run, on a machine that should be idle.", "up 3"),
  '{"benchmark", ...}, and figures that are not rounded: the help of each benchmark says which',
);

/** The one that was asked for. */
let benchmark: (() => Promise<Findings>) | undefined;

/**
 * @param example arguments of a typical call: the first one is the benchmark's name
 * @param form its figures as JSON
 * @param run loads what it takes: the others would look for programs of their own
 */
const add = (example: string, description: string, form: string, run: (own: Command) => Promise<Findings>) => {
  const name = example.replace(/ .*/, "");
  const own = command.command(name).description(description);
  own.addHelpText("after", `${exampleLine("bench", example)}\n\n--json gives {"benchmark", ${form}`);
  return own.action(() => {
    benchmark = async () => {
      const { text, json } = await run(own);
      return { text, json: { benchmark: name, ...json } };
    };
  });
};
const numbersOf = ({ processedArgs }: Command) => processedArgs as [number, number];
const isWrite = (own: Command) => own.opts<{ write: boolean }>().write;

add(
  "up 3",
  "a stack's verbs, beside those of commit 06fdc80 and an installation by hand",
  `"seconds": {...}, "memory": {...}}
  "seconds"  of each round, by whose and which verb
  "memory"   MiB at its peak, by program of the cluster`,
  async (own) => (await import("./bench/up.ts")).benchUp(numbersOf(own)[0]),
).argument("[rounds]", "how often each is measured", parseCount, 5);
add(
  "prod 3",
  "stack prod with everything on, beside that of commit 06fdc80",
  `"former", "present"}, medians of each {"up", "preview", "resources"}; seconds, and a number`,
  async (own) => (await import("./bench/prod.ts")).benchProd(numbersOf(own)[0], isWrite(own)),
)
  .argument("[rounds]", "how often each is measured", parseCount, 3)
  .option("--write", "put the table into docs/production.md", false);
add(
  "telemetry",
  "the collector's and the sample API's own cost",
  `"collectors", "apis"}
  "collectors"  [{"name", "load", "highestRate"}], rates in spans a second; load is {"rate", "cpu" (% of a core),
                "peakMemory" (MiB), "dropped" (spans)}
  "apis"        [{"name", "p50", "p99", "rate"}], milliseconds, and requests a second`,
  async () => (await import("./bench/telemetry.ts")).benchTelemetry(),
);
add(
  "collector 9",
  "what each part of the collector costs, beside that of commit 06fdc80",
  `"rounds": [{...}]}, milliseconds of processor time for 1,000 spans by configuration`,
  async (own) => (await import("./bench/collector.ts")).benchCollector(numbersOf(own)[0], isWrite(own)),
)
  .argument("[rounds]", "how often each is measured", parseCount, 9)
  .option("--write", "put the table into docs/decisions.md", false);
add(
  "logs 5",
  "what an agent of a node costs at 10,000 lines a second, beside a plain one and vlagent",
  `"rounds": [{...}]}, by agent {"cpu" (seconds for 10,000 lines), "memory" (MiB at its peak)}`,
  async (own) => (await import("./bench/logs.ts")).benchLogs(numbersOf(own)[0], isWrite(own)),
)
  .argument("[rounds]", "how often each is measured", parseCount, 5)
  .option("--write", "put the table into docs/decisions.md", false);
add(
  "volume 20000",
  "what log lines take on the disk of VictoriaLogs, printed by this project's applications",
  `"volumes": [{"name", "requests", "lines", "printed", "stored"}]}, the last two in bytes`,
  async (own) => (await import("./bench/logVolume.ts")).benchLogVolume(numbersOf(own)[0], isWrite(own)),
)
  .argument("[requests]", "how many each application answers", parseCount, 20_000)
  .option("--write", "put the table into docs/logs.md", false);
add(
  "sizing",
  "what a number of services needs, by what each program takes for some: a quarter of an hour",
  `"figures": {...}, "measured": {...}}
  "figures"   those of the first table, by name
  "measured"  what they are made of: {"collector", "jaeger", "logs", "prometheus"}`,
  async (own) => (await import("./bench/sizing.ts")).benchSizing(isWrite(own)),
).option("--write", "put the tables into docs/production.md", false);
add(
  "injection",
  "what injection costs a program, in each language",
  `"servers": {...}}, medians of each server's variants without, before and now
  {"start" (seconds), "memory" (MiB), "cpu" (milliseconds a request)}`,
  async (own) => (await import("./bench/injection.ts")).benchInjection(isWrite(own)),
).option("--write", "put the table into docs/injection.md", false);
add("startup 9", "the Node.js process of a preview", `"starts": [{"name", "wallMs", "cpuMs"}]}, medians`, async (own) =>
  (await import("./bench/startup.ts")).benchStartup(numbersOf(own)[0]),
).argument("[rounds]", "how often each is measured", parseCount, 9);
add(
  "program 9",
  "from settings to the last registration: the stacks, and 1, 10 and 100 APIs of a team",
  `"programs": {...}}, by program {"resources", "runs": [{"programMs", "wallMs", "cpuMs"}]}`,
  async (own) => (await import("./bench/program.ts")).benchProgram(numbersOf(own)[0], isWrite(own)),
)
  .argument("[rounds]", "how often each is measured", parseCount, 9)
  .option("--write", "put the table into docs/decisions.md", false);
add(
  "rules 10 30",
  "all groups of rules, beside those of commit 06fdc80",
  `"measured": [{"services", "of", "rules", "evaluation"}]}, evaluation is
  {"once" and "perMinute" (milliseconds of processor time), "memory" (MiB)}`,
  async (own) => {
    const [given] = own.processedArgs as [number[]];
    const sizes = given.length > 0 ? given : [10, 30, 100];
    return (await import("./bench/rules.ts")).benchRules(sizes, isWrite(own));
  },
)
  .argument(
    "[services...]",
    "how many the samples have, one size after the other. Default: 10 30 100",
    (text, before: number[] | undefined) => [...(before ?? []), parseCount(text)],
  )
  .option("--write", "put the table into docs/decisions.md", false);
add(
  "windows",
  "recorded windows beside rate() of the raw series",
  `"extents": [{"windows", "hours", "minutes", "scrape" (seconds), "ratios"}]}, ratios are
  [{"service", "ratio", "windows": {...}, "burning": {"due", "missed", "wrong"}}]; by window
  {"moments", "withinOne", "atOnce"}, the last two as shares`,
  async (own) => (await import("./bench/ruleWindows.ts")).benchWindows(isWrite(own)),
).option("--write", "put the table into docs/decisions.md", false);

add(
  "cold released",
  "the first run of the sandbox with bare caches, its programs released and built, beside commit 06fdc80",
  `"runs": [{"name", "up", "telemetry", "builds": {...}}]}, of both verbs {"elapsed", "processor"}; all in seconds,
  builds by what Go built`,
  async (own) => {
    const { benchCold, coldKinds } = await import("./bench/cold.ts");
    const chosen = coldKinds.filter((kind) => own.args.length === 0 || own.args.includes(kind));
    return benchCold(chosen, isWrite(own));
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
add(
  "tests",
  "the tests of commit 06fdc80 that still stand by name, there and now",
  `"parts": [{"name", "former", "present"}], "names": {"known", "standing"}}, of both {"passed", "seconds"}`,
  async () => (await import("./bench/tests.ts")).benchTests(),
);
add(
  "page http://127.0.0.1:8090 9",
  'the page that "npm run sandbox -- open" serves: first paint, and a change of the span',
  `"ms": {...}}, milliseconds of each round by what was measured`,
  async (own) => {
    const [url, rounds] = own.processedArgs as [string, number];
    return (await import("./bench/page.ts")).benchPage(url, rounds);
  },
)
  .addArgument(pageArgument())
  .argument("[rounds]", "how often each is measured", parseCount, 9);

await runScript(command, () => benchmark?.());

function parseCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count > 0) return count;
  throw new InvalidArgumentError("Allowed is a whole number above 0.");
}
