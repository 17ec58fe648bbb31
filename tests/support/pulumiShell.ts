import { execFile } from "node:child_process";
import { once } from "node:events";
import { dirname } from "node:path";
import { ensureTools } from "../../sandbox/programs/tools.ts";
import { silentReport } from "../../cli/silentReport.ts";
import type { SandboxCommand } from "./sandboxRun.ts";
import type { TestCluster } from "./testCluster.ts";

/** How a command in the shell ended. */
export interface ShellRun {
  code: number;
  stdout: string;
  stderr: string;
}

/**
 * A shell as a user has it after `eval "$(npm run --silent sandbox -- shell)"`, with kubectl and Node on PATH.
 *
 * @returns what runs a line in it
 */
export async function pulumiShell(
  sandbox: SandboxCommand,
  test: TestCluster,
): Promise<(line: string) => Promise<ShellRun>> {
  const { lines, code, stderr } = await sandbox.run("shell");
  if (code !== 0) throw new Error(stderr);
  const { kubectl } = await ensureTools(["kubectl"], test.paths, silentReport);
  const environment = lines.filter((line) => /^(#|unset |export |cd )/.test(line));
  const path = `export PATH=${[dirname(kubectl), dirname(process.execPath)].join(":")}:"$PATH"`;
  return async (line) => {
    // As somebody has it who works with a backend of their own.
    const env = { ...process.env, PULUMI_CONFIG_PASSPHRASE: "of another backend" };
    const script = [...environment, path, line].join("\n");
    const child = execFile("bash", ["--norc", "-euc", script], { env, maxBuffer: 2 ** 26 });
    const output = { stdout: "", stderr: "" };
    child.stdout?.on("data", (text: string) => (output.stdout += text));
    child.stderr?.on("data", (text: string) => (output.stderr += text));
    const [exit] = (await once(child, "close")) as [number];
    return { code: exit, ...output };
  };
}
