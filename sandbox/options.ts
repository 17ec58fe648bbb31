import { Argument, Command } from "commander";
import { parseStack } from "../cli/stackName.ts";
import { defaultFirstPort } from "./paths.ts";
import { shellQuote } from "../catalog/shellQuote.ts";
import { exampleLine, jsonFlag, npmCommand, readCommandLine, UsageError } from "../cli/command.ts";

/** What the verb `telemetry` can be asked to do; the first one is what it does when asked nothing. */
export const TELEMETRY_ACTIONS = ["start", "stop", "status"] as const;

export type TelemetryAction = (typeof TELEMETRY_ACTIONS)[number];

/** The command line, checked. */
export interface Options {
  verb: Verb;
  /** Stack whose settings file is read. @default "dev" */
  stack: string;
  /** Folder of a Pulumi project other than the platform's own. */
  project?: string;
  /** Folder for the cluster, the engine's state and the lock. @default <project>/.sandbox */
  state?: string;
  /** First of the ten loopback ports that the cluster uses. */
  port?: number;
  /** Settings file to read instead of Pulumi.<stack>.yaml. */
  configFile?: string;
  /** Standard output is one line of JSON. @default false */
  json: boolean;
  /** Print secret outputs in clear. @default false */
  showSecrets: boolean;
  /** Build programs that could be downloaded. @default false */
  fromSource: boolean;
  /** Of the verb `telemetry`. */
  action?: TelemetryAction;
  /** `up` also starts the telemetry programs. @default false */
  telemetry: boolean;
  /** How long `traffic` sends requests. @default 30 */
  seconds: number;
  /** Requests per second that `traffic` sends. @default 10 */
  rate: number;
  /** Page that `see` writes. */
  html?: string;
}

/** What each verb does, and the flags of a typical call, as the help says it; the first one is what is done when none is named. */
const HELP = {
  up: ["starts the cluster where none runs, and installs or updates the stack", "--telemetry"],
  preview: ["shows what up would change", "--stack prod"],
  refresh: ["brings the state in line with the cluster", "--stack dev"],
  destroy: ["removes everything that the stack has in the cluster", "--stack dev"],
  outputs: ["prints the stack's outputs", "--json"],
  cancel: ["takes away the lock of a run that is gone", "--stack dev"],
  shell: ["prints what a shell needs to run pulumi itself on the stack", "--stack dev"],
  status: ["says what runs, and what is not available", ""],
  cluster: ["starts an empty cluster", "--port 20000"],
  down: ["ends the cluster and removes everything of the sandbox", ""],
  telemetry: ["starts, stops or shows the programs that the objects describe, such as the collector", "status"],
  traffic: ["sends requests to the sample API", "--seconds 60 --rate 20"],
  open: ["serves a page with dashboards, traces, alerts and objects until Ctrl-C", ""],
  see: ["shows traces and figures of the traffic", "--html page.html"],
} satisfies Record<string, readonly [description: string, example: string]>;

/** What the sandbox can be asked to do. */
export type Verb = keyof typeof HELP;

export const VERBS = Object.keys(HELP) as Verb[];

/**
 * Reads the command line.
 *
 * @throws UsageError for an unknown verb or flag, or a value that cannot be; HelpShown
 */
export function parseOptions(argv: readonly string[]): Options {
  let read: Options | undefined;
  const command = npmCommand(
    "sandbox",
    "The stack on a cluster of this machine: a real API server with simulated pods, and Pulumi's own engine.",
    "up --telemetry",
  )
    .option("--stack <stack>", "stack whose settings file is read", parseStack, "dev")
    .option("--project <folder>", "folder of a Pulumi project (default: the platform's)")
    .option("--state <folder>", "for the cluster, the engine's state and the lock (default: <project>/.sandbox)")
    .option("--port <port>", `first of the loopback ports that are used (default: ${defaultFirstPort})`, parsePort)
    .option("--config-file <file>", "settings file to read (default: Pulumi.<stack>.yaml)")
    .option(...jsonFlag)
    .option("--show-secrets", "print secret outputs in clear", false)
    .option("--from-source", "build programs that could be downloaded", false)
    .hook("preSubcommand", refuseUnknownVerb);
  for (const verb of VERBS) {
    const [description, example] = HELP[verb];
    const own = command.command(verb, { isDefault: verb === VERBS[0] }).description(description);
    own.addHelpText("after", exampleLine("sandbox", `${verb} ${example}`)).action(() => {
      read = { verb, ...FLAGS, ...command.opts<GlobalFlags>(), ...own.opts<Partial<Options>>(), ...actionOf(own) };
    });
    ownFlags[verb]?.(own);
  }
  readCommandLine(command, argv);
  if (read === undefined) throw new Error("every command line has a verb");
  return read;
}

type GlobalFlags = Pick<
  Options,
  "stack" | "project" | "state" | "port" | "configFile" | "json" | "showSecrets" | "fromSource"
>;

/** The most that `traffic` takes. More would need a load generator, and says nothing more about telemetry. */
const MOST = { seconds: 3600, rate: 200 };

/** Flags of one verb, when it is another one. */
const FLAGS = { telemetry: false, seconds: 30, rate: 10 };

const ownFlags: Partial<Record<Verb, (command: Command) => Command>> = {
  up: (command) => command.option("--telemetry", "also start the telemetry programs", false),
  telemetry: (command) =>
    command.addArgument(
      new Argument("[action]", "what to do").choices(TELEMETRY_ACTIONS).default(TELEMETRY_ACTIONS[0]),
    ),
  traffic: (command) =>
    command
      .option("--seconds <seconds>", `how long, up to ${MOST.seconds}`, parseAmount("seconds"), FLAGS.seconds)
      .option("--rate <rate>", `requests per second, up to ${MOST.rate}`, parseAmount("rate"), FLAGS.rate),
  see: (command) => command.option("--html <file>", "page to write (default: none)"),
};

function actionOf({ processedArgs: [action] }: Command): Pick<Options, "action"> {
  return action === undefined ? {} : { action: action as TelemetryAction };
}

/** The library would take it for an argument of the verb that is meant when none is named. */
function refuseUnknownVerb({ args: [first = "-"] }: Command): void {
  if (first.startsWith("-") || VERBS.some((known) => known === first)) return;
  throw new UsageError(`unknown verb "${first}": allowed are ${VERBS.join(", ")}`);
}

function parseAmount(flag: keyof typeof MOST): (text: string) => number {
  return (text) => {
    const amount = Number(text);
    if (amount > 0 && amount <= MOST[flag]) return amount;
    throw new UsageError(`--${flag} "${text}": allowed is a number above 0, up to ${MOST[flag]}`);
  };
}

/** Refresh and destroy go by the state. */
export function usesProgram({ verb }: Pick<Options, "verb">): boolean {
  return verb === "up" || verb === "preview";
}

/** What a user types for a verb on a stack of the same sandbox. */
export function commandLine(verb: Verb, place: Place): string {
  const flags = PLACE.flatMap(([key, flag]) => (place[key] === undefined ? [] : [`${flag} ${word(place[key])}`]));
  return ["npm run sandbox --", verb, ...flags].join(" ");
}

/** The flags that say which sandbox and which stack. */
const PLACE = [
  ["project", "--project"],
  ["state", "--state"],
  ["port", "--port"],
  ["configFile", "--config-file"],
  ["stack", "--stack"],
] as const;

type Place = { readonly [Key in (typeof PLACE)[number][0]]?: Options[Key] | undefined };

/** As a shell takes it; `<…>` is for the reader. */
function word(value: string | number): string {
  return /^([\w@%+=:,./-]+|<.*>)$/.test(String(value)) ? String(value) : shellQuote(String(value));
}

/** A line with the flags of this call in the commands that it advises without any. */
export function withOwnFlags(line: string, options: Options): string {
  const advice = /npm run sandbox -- (\w+)((?: --telemetry)?)(?=")/g;
  return line.replaceAll(advice, (_, verb: Verb, flag: string) => commandLine(verb, options) + flag);
}

/** Ports below 1024 need rights; cluster, telemetry and page use 37 from the first one on. */
function parsePort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1024 || port > 65499) {
    throw new UsageError(`--port "${text}": allowed is a whole number from 1024 to 65499`);
  }
  return port;
}
