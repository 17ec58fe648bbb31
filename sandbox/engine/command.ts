import { PulumiCommand } from "@pulumi/pulumi/automation/cmd.js";
import semver from "semver";
import { sdkVersion } from "../../artifacts/programs/releases.ts";
import { lastLine } from "../../cli/errors.ts";
import { runCommand } from "../../cli/runCommand.ts";

/** What a run of the engine that failed has said. */
export class EngineError extends Error {
  override name = "EngineError";
}

/**
 * The engine as the Automation API runs it, but in a process group of its own: a terminal sends Ctrl-C to its whole group,
 * and with the one that the API passes on the engine would take it for the second, which breaks off what is under way.
 *
 * @param file path of the engine. Its version was checked when it was found, so the API is told the SDK's, the least that it can be
 */
export function engineCommand(file: string): PulumiCommand {
  // The SDK's own way to start it, which its types leave out.
  type Others = [onOutput?: unknown, onError?: unknown, signal?: AbortSignal];
  const run = (args: string[], cwd: string, env: Record<string, string>, ...[, , signal]: Others) =>
    // For `refresh` the API has no option that shows fields, as it has for `preview`.
    runEngine(file, args[0] === "refresh" ? [...args, "--diff"] : args, { cwd, env, signal });
  const own = { command: file, version: semver.parse(sdkVersion("pulumi")), run };
  return Object.assign(Object.create(PulumiCommand.prototype) as PulumiCommand, own);
}

/** How the engine is run. */
export interface RunOptions {
  cwd: string;
  /** What is set besides this process' environment. */
  env?: Record<string, string>;
  /** Asks the engine to end in good order. */
  signal?: AbortSignal | undefined;
}

/**
 * Runs the engine to its end.
 *
 * @throws EngineError with its last words
 */
export async function runEngine(file: string, args: string[], { cwd, env, signal }: RunOptions) {
  const environment = { ...process.env, ...env, PULUMI_AUTOMATION_API: "true" };
  const options = { cwd, env: environment, detached: true, interrupt: signal };
  const { code, stdout, stderr } = await runCommand(file, [...args, "--non-interactive"], options);
  if (code === 0) return { stdout, stderr, code };
  throw new EngineError(lastLine(stderr) || lastLine(stdout) || "the engine ended without a word");
}
