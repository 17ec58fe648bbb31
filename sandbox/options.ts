import { parseArgs } from "node:util";
import { UserError } from "./errors.ts";

/** What the sandbox can be asked to do; the first one is what it does when asked nothing. */
export const VERBS = [
  ...(["up", "preview", "refresh", "destroy", "outputs", "cancel", "shell", "status", "cluster", "down"] as const),
  ...(["telemetry", "traffic", "see"] as const),
] as const;

export type Verb = (typeof VERBS)[number];

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
  /** End with one line of JSON. @default false */
  json: boolean;
  /** Print secret outputs in clear. @default false */
  showSecrets: boolean;
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

const FLAGS = {
  stack: { type: "string", default: "dev" },
  project: { type: "string" },
  state: { type: "string" },
  port: { type: "string" },
  "config-file": { type: "string" },
  json: { type: "boolean", default: false },
  "show-secrets": { type: "boolean", default: false },
  telemetry: { type: "boolean", default: false },
  seconds: { type: "string", default: "30" },
  rate: { type: "string", default: "10" },
  html: { type: "string" },
} as const;

/** Flags of one verb: with another they would do nothing. */
const OWN_FLAGS = { telemetry: "up", seconds: "traffic", rate: "traffic", html: "see" } as const;

const ALLOWED_FLAGS = Object.entries(FLAGS)
  .map(([name, flag]) => (flag.type === "string" ? `--${name} <${name}>` : `--${name}`))
  .join(", ");

/**
 * Reads the command line.
 *
 * @throws UserError for an unknown verb or flag, or a value that cannot be.
 */
export function parseOptions(argv: string[]): Options {
  const { values, positionals, tokens } = parse(argv);
  const [verb = "up", ...others] = positionals;
  if (!isVerb(verb)) throw new UserError(`unknown verb "${verb}": allowed are ${VERBS.join(", ")}`);
  const action = verb === "telemetry" ? parseAction(others[0]) : undefined;
  const rest = others.slice(action === undefined ? 0 : 1);
  for (const token of tokens) {
    const owner = token.kind === "option" ? OWN_FLAGS[token.name as keyof typeof OWN_FLAGS] : undefined;
    if (owner !== undefined && owner !== verb)
      throw new UserError(`flag "${argv[token.index] ?? ""}" is only for ${owner}`);
  }
  if (rest.length > 0) throw new UserError(`one verb at a time: "${rest.join(" ")}" is one too many`);
  // The name becomes part of file and Secret names.
  if (!/^[A-Za-z0-9_.-]{1,100}$/.test(values.stack)) {
    throw new UserError(`--stack "${values.stack}": allowed are letters, digits, "-", "_" and "."`);
  }
  return {
    verb,
    stack: values.stack,
    ...(values.project === undefined ? {} : { project: values.project }),
    ...(values.state === undefined ? {} : { state: values.state }),
    ...(values.port === undefined ? {} : { port: parsePort(values.port) }),
    ...(values["config-file"] === undefined ? {} : { configFile: values["config-file"] }),
    json: values.json,
    showSecrets: values["show-secrets"],
    ...(action === undefined ? {} : { action }),
    telemetry: values.telemetry,
    seconds: Number(values.seconds),
    rate: Number(values.rate),
    ...(values.html === undefined ? {} : { html: values.html }),
  };
}

function parseAction(text: string = TELEMETRY_ACTIONS[0]): TelemetryAction {
  const action = TELEMETRY_ACTIONS.find((candidate) => candidate === text);
  if (action !== undefined) return action;
  throw new UserError(`telemetry "${text}": allowed are ${TELEMETRY_ACTIONS.join(", ")}`);
}

/** What a user types for a verb on a stack. */
export function commandLine(verb: Verb, { stack, project }: Pick<Options, "stack" | "project">): string {
  return `npm run sandbox -- ${verb}${project === undefined ? "" : ` --project ${project}`} --stack ${stack}`;
}

function parse(argv: string[]) {
  try {
    return parseArgs({ args: argv, options: FLAGS, allowPositionals: true, tokens: true });
  } catch (error) {
    const flag = /'(-[^' ]*)/.exec(error instanceof Error ? error.message : "")?.[1] ?? "";
    const known = Object.hasOwn(FLAGS, flag.replace(/^-+/, ""));
    const what = known ? `flag "${flag}" with a missing or needless value` : `unknown flag "${flag}"`;
    throw new UserError(`${what}: allowed are ${ALLOWED_FLAGS}`);
  }
}

function isVerb(text: string): text is Verb {
  return (VERBS as readonly string[]).includes(text);
}

/** Ports below 1024 need rights; cluster and telemetry use 25 from the first one on. */
function parsePort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1024 || port > 65511) {
    throw new UserError(`--port "${text}": allowed is a whole number from 1024 to 65511`);
  }
  return port;
}
