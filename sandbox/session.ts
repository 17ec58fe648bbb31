import { KubeClient } from "./cluster/api/client.ts";
import { createTransport } from "./cluster/api/transport.ts";
import type { Options } from "./options.ts";
import type { SandboxPaths } from "./paths.ts";
import type { Report } from "../cli/report.ts";
import type { Changes } from "./engine/progress.ts";

/** What every verb works with. */
export interface Session {
  options: Options;
  paths: SandboxPaths;
  report: Report;
  /** Aborted when the user asks to stop. */
  signal: AbortSignal;
  /** Folder of the Pulumi project. */
  folder: string;
  /** What became of the resources so far: a run that fails tells of these too. */
  changes: Changes;
  /** Prints one line of the result. */
  print: (line: string) => void;
}

/** A client for the sandbox's cluster. */
export function openCluster(kubeconfig: string, signal: AbortSignal): KubeClient {
  return new KubeClient(createTransport(kubeconfig, signal));
}
