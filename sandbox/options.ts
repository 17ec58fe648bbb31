import { parseArgs } from "node:util";
import { UserError } from "./errors.ts";

/** What the sandbox can be asked to do; the first one is what it does when asked nothing. */
export const VERBS = ["up", "preview", "destroy", "outputs", "status", "cluster", "down"] as const;

export type Verb = (typeof VERBS)[number];

/** The command line, checked. */
export interface Options {
  verb: Verb;
  /** Stack whose settings file is read. @default "dev" */
  stack: string;
  /** Folder of a Pulumi project other than the platform's own. */
  project?: string;
  /** Folder for the cluster, the inventory and the lock. @default <project>/.sandbox */
  state?: string;
  /** First of the ten loopback ports that the cluster uses. */
  port?: number;
  /** Settings file to read instead of Pulumi.<stack>.yaml. */
  configFile?: string;
  /** End with one line of JSON. @default false */
  json: boolean;
  /** Print secret outputs in clear. @default false */
  showSecrets: boolean;
}

const FLAGS = {
  stack: { type: "string", default: "dev" },
  project: { type: "string" },
  state: { type: "string" },
  port: { type: "string" },
  "config-file": { type: "string" },
  json: { type: "boolean", default: false },
  "show-secrets": { type: "boolean", default: false },
} as const;

const ALLOWED_FLAGS = Object.entries(FLAGS)
  .map(([name, flag]) => (flag.type === "string" ? `--${name} <${name}>` : `--${name}`))
  .join(", ");

/**
 * Reads the command line.
 *
 * @throws UserError for an unknown verb or flag, or a value that cannot be.
 */
export function parseOptions(argv: string[]): Options {
  const { values, positionals } = parse(argv);
  const [verb = "up", ...rest] = positionals;
  if (!isVerb(verb)) throw new UserError(`unknown verb "${verb}": allowed are ${VERBS.join(", ")}`);
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
  };
}

function parse(argv: string[]) {
  try {
    return parseArgs({ args: argv, options: FLAGS, allowPositionals: true });
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

/** Ports below 1024 need rights; the cluster uses ten from the first one on. */
function parsePort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1024 || port > 65526) {
    throw new UserError(`--port "${text}": allowed is a whole number from 1024 to 65526`);
  }
  return port;
}
