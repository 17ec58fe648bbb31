import { Command, type CommanderError, Help, type Option } from "commander";
import { errorLine, UserError } from "./errors.ts";

/** A command line that cannot be understood: nothing has been done, and the exit code is 2. */
export class UsageError extends UserError {
  override name = "UsageError";
}

/** Only the help was asked for, and it has been shown. */
export class HelpShown extends Error {
  override name = "HelpShown";
}

/**
 * A command that users start with npm.
 *
 * @param script name of the npm script
 * @param description what it does, in a sentence
 * @param example the arguments of a typical call; "" where it takes none
 */
export function npmCommand(script: string, description: string, example: string): Command {
  return new Command(start(script))
    .description(description)
    .helpCommand(false)
    .helpOption("--help", "show this text")
    .addHelpText("after", exampleLine(script, example))
    .configureHelp({ showGlobalOptions: true, optionDescription })
    .configureOutput({ writeErr: () => undefined });
}

/** Each flag that takes a value says what it is otherwise, or that it must be given. */
function optionDescription(option: Option): string {
  return `${new Help().optionDescription(option)}${option.mandatory ? " (required)" : ""}`;
}

/** The line of a help text that shows a typical call. */
export function exampleLine(script: string, example: string): string {
  return `\nExample: ${start(script)} ${example}`.replace(/( --)? *$/, "");
}

function start(script: string): string {
  return script === "test" ? "npm test --" : `npm run ${script} --`;
}

/**
 * Reads a command line and starts the action of its command.
 *
 * @throws UsageError in one line that says which argument is wrong, and what is allowed; HelpShown
 */
export function readCommandLine(command: Command, argv: readonly string[]): void {
  for (const each of [command, ...command.commands]) {
    each.exitOverride((error) => {
      throw error.exitCode === 0 ? new HelpShown() : new UsageError(line(error, each));
    });
  }
  // As of a variable that is not set: an empty path would be the current folder.
  const empty = argv.findIndex((argument) => /^(--[\w-]+=)?$/.test(argument));
  if (empty >= 0) throw new UsageError(`argument ${empty + 1} is empty: leave it out, or give it a value`);
  command.parse(argv, { from: "user" });
}

/** What a command has found or measured. */
export interface Findings {
  /** For people. */
  readonly text: string;
  /** The same for programs: what `--json` prints instead. */
  readonly json: object;
  /** The command goes on after they are printed, until then. */
  readonly until?: Promise<void>;
}

/**
 * The flag of every command that finds or measures something: docs/json.md has the rule. With it standard output is one line, a
 * JSON document, also where the command fails; all else goes to standard error.
 */
export const jsonFlag = ["--json", "print one line of JSON, and all else to standard error", false] as const;

/**
 * Gives a script that flag.
 *
 * @param form the document's fields, for the help
 */
export function withJson(command: Command, form: string): Command {
  return command.option(...jsonFlag).addHelpText("after", `\n--json gives ${form}`);
}

/**
 * What a script does, once its arguments are read.
 *
 * @param print shows a line of what it does on the way
 * @returns what it has found; nothing where it has no flag `--json`
 */
type Action = (
  command: Command,
  print: (line: string) => void,
) => Promise<Findings | undefined> | Promise<void> | Findings | undefined;

/**
 * Runs a script of the project: an error is one line on standard error. Exit code 2 for a wrong command line, 1 for
 * everything else that fails.
 */
export async function runScript(command: Command, action: Action): Promise<void> {
  let json = false;
  const print = (line: string) => {
    (json ? console.error : console.log)(line);
  };
  try {
    readCommandLine(command, process.argv.slice(2));
    json = command.opts<{ json?: boolean }>().json ?? false;
    const findings = await action(command, print);
    if (findings === undefined) return;
    console.log(json ? JSON.stringify(findings.json) : findings.text);
    // The document is printed: an error after it has none.
    json = false;
    await findings.until;
  } catch (error) {
    if (error instanceof HelpShown) return;
    const message = error instanceof UserError ? error.message : errorLine(error);
    console.error(message);
    if (json) console.log(JSON.stringify({ error: message }));
    process.exitCode = error instanceof UsageError ? 2 : 1;
  }
}

const invalidArgument = /^command-argument value "(.*)" is invalid for argument "(.*)"\. Allowed (?:choices )?(.*)\.$/;
const needlessArgument = /\. Expected .* got \d+(: .*)\.$/;

/** What the library says, with what is allowed in place of its guess. */
function line({ code, message }: CommanderError, command: Command): string {
  // A command that has others was asked for none of them.
  if (code === "commander.help") return `missing command: allowed are ${usage(command)}`;
  const what = (message.split("\n")[0] ?? "")
    .replace("error: ", "")
    .replaceAll("'", '"')
    .replace(invalidArgument, '$2 "$1": allowed $3')
    .replace(needlessArgument, "$1");
  return ["commander.unknownOption", "commander.unknownCommand", "commander.excessArguments"].includes(code)
    ? `${what}: allowed are ${usage(command)}`
    : what;
}

/** Commands, arguments and flags: its own, and those of all commands. */
function usage(command: Command): string {
  const terms = [
    ...command.commands.map((each) => each.name()),
    ...command.registeredArguments.map((each) => (each.required ? `<${each.name()}>` : `[${each.name()}]`)),
    ...[...command.options, ...(command.parent?.options ?? [])].map(({ flags }) => flags),
  ];
  return terms.join(", ") || "none";
}
