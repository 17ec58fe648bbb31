import { spawn } from "node:child_process";
import { PulumiCommand } from "@pulumi/pulumi/automation/cmd.js";
import { lastLine } from "../../cli/errors.ts";

/** What a run of the engine that failed has said. */
export class EngineError extends Error {
  override name = "EngineError";
}

/**
 * The engine as the Automation API runs it, but in a process group of its own: a terminal sends Ctrl-C to its whole group,
 * and with the one that the API passes on the engine would take it for the second, which breaks off what is under way.
 *
 * @param home PULUMI_HOME, with the engine in `bin/`
 */
export async function engineCommand(home: string): Promise<PulumiCommand> {
  const command = await PulumiCommand.get({ root: home });
  // The SDK's own way to start it, which its types leave out.
  const run: Run = (args, cwd, env, onOutput, _onError, signal) =>
    runEngine(command.command, args, { cwd, env, onOutput, signal });
  return Object.assign(command, { run });
}

type Run = (
  args: string[],
  cwd: string,
  env: Record<string, string>,
  onOutput?: (text: string) => void,
  onError?: (text: string) => void,
  signal?: AbortSignal,
) => Promise<EngineResult>;

/** What a run of the engine that ended well has printed. */
export interface EngineResult {
  stdout: string;
  stderr: string;
  code: 0;
}

/** How the engine is run. */
export interface RunOptions {
  cwd: string;
  /** What is set besides this process' environment. */
  env?: Record<string, string>;
  onOutput?: ((text: string) => void) | undefined;
  /** Asks the engine to end in good order. */
  signal?: AbortSignal | undefined;
}

/**
 * Runs the engine to its end.
 *
 * @throws EngineError with its last words
 */
export function runEngine(file: string, args: string[], options: RunOptions): Promise<EngineResult> {
  const { cwd, env, onOutput, signal } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(file, [...args, "--non-interactive"], {
      cwd,
      env: { ...process.env, ...env, PULUMI_AUTOMATION_API: "true" },
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const text = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (data: string) => {
      text.stdout += data;
      onOutput?.(data);
    });
    child.stderr.setEncoding("utf8").on("data", (data: string) => {
      text.stderr += data;
    });
    const stop = () => child.kill("SIGINT");
    signal?.addEventListener("abort", stop, { once: true });
    child.on("error", reject);
    child.on("close", (code) => {
      signal?.removeEventListener("abort", stop);
      if (code === 0) resolve({ ...text, code });
      else reject(new EngineError(lastLine(text.stderr) || lastLine(text.stdout) || "the engine ended without a word"));
    });
  });
}
