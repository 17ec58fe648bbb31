import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import path from "node:path";
import type { SandboxPaths } from "../../sandbox/paths.ts";
import { ensureNodePackages } from "../../sandbox/telemetry/node.ts";
import { ensureInjectedPackages, findPython } from "../../sandbox/telemetry/python.ts";
import type { Application } from "../../review/injection/application.ts";
import { nodejsEnvironment, pythonEnvironment } from "../../review/injection/environments.ts";
import { applicationPod, injectedVariables, writeMounted } from "../../review/injection/pod.ts";
import { eventually } from "./eventually.ts";
import { freePort } from "../../cli/freePort.ts";
import { silentReport } from "../../cli/silentReport.ts";

/** What an application is started with. */
export interface InjectedApplicationInputs {
  readonly paths: SandboxPaths;
  /** For its files; nobody else's. */
  readonly folder: string;
  /** URL of the collector; metrics are sent to it every second. */
  readonly collector: string;
  /** Variables of its own, such as the name of the service. */
  readonly env: Readonly<Record<string, string>>;
}

/** An application that runs as in the pod of an InstrumentedApi, in a group of processes of its own. */
export interface InjectedApplication {
  readonly child: ChildProcess;
  readonly port: number;
  /** What it has said so far. */
  readonly said: () => string;
}

/** Starts an application of those that are tried for harm as its pod would, and waits until it says that it is ready. */
export async function startInjected(
  application: Application,
  { paths, folder, collector, env: own }: InjectedApplicationInputs,
): Promise<InjectedApplication> {
  const python = await findPython();
  const isPython = application.language === "python";
  const place = isPython
    ? await pythonEnvironment(application.packages ?? "web", python, paths, silentReport)
    : await nodejsEnvironment(path.join(folder, "application"), paths, silentReport);
  const packages = isPython
    ? await ensureInjectedPackages(python, paths, silentReport)
    : await ensureNodePackages(paths, silentReport);
  const pod = await applicationPod(application, own);
  const files = mkdtempSync(path.join(folder, "files-"));
  writeMounted(pod, files);
  const env = injectedVariables(
    application,
    pod,
    { endpoint: collector, interval: 1 },
    { packages, files, more: place.places },
  );
  const port = await freePort();
  const [command = "", ...args] = application.command(place).map((word) => word.replace("$PORT", String(port)));
  const child = spawn(command, args, {
    cwd: place.folder,
    // A group of its own: its workers are ended with it.
    detached: true,
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], PORT: String(port), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const { line, count } = application.ready;
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text: Buffer) => (said += text.toString()));
  try {
    await eventually(() => {
      assert.ok(said.split("\n").filter((text) => line.test(text)).length >= count, said);
      return Promise.resolve();
    }, 120_000);
  } catch (error) {
    killGroup(child.pid);
    throw error;
  }
  return { child, port, said: () => said };
}

/** Ends a process and what it started; nothing when they have ended. */
export function killGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
