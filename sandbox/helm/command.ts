import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { noteChild } from "../children.ts";
import { Interrupted } from "../errors.ts";

/** How Helm is run: always against the sandbox's own cluster. */
export interface Helm {
  /** Path of the program. */
  program: string;
  kubeconfig: string;
  /** The sandbox's state folder, for Helm's own caches too. */
  state: string;
  /** Ends a running Helm in good order. */
  signal: AbortSignal;
}

/**
 * Runs Helm to its end.
 *
 * @param stdin given to it, e.g. values that must not be written to a file
 * @returns its standard output
 * @throws Error with Helm's own words, Interrupted when it was asked to stop.
 */
export async function runHelm(helm: Helm, args: string[], stdin = ""): Promise<string> {
  if (helm.signal.aborted) throw new Interrupted();
  const child = spawn(helm.program, [...args, "--kubeconfig", helm.kubeconfig], {
    env: helmEnvironment(process.env, helm.state),
    stdio: ["pipe", "pipe", "pipe"],
    // A group of its own: Ctrl-C in a terminal reaches every process of the group, and Helm must get one signal, from us.
    detached: true,
  });
  const forget = note(child, helm.state);
  let stopped = false as boolean;
  const stop = () => {
    stopped = true;
    child.kill("SIGTERM");
  };
  helm.signal.addEventListener("abort", stop, { once: true });
  let output = "";
  let errors = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  // A Helm that ends early does not read its values; its exit code says what is wrong.
  child.stdin.on("error", () => undefined).end(stdin);
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", resolve);
    });
    if (stopped) throw new Interrupted();
    if (code !== 0) throw new Error(helmError(errors));
    return output;
  } finally {
    forget();
    helm.signal.removeEventListener("abort", stop);
  }
}

/** Notes a Helm that has just been started. One that the next run could not know of must not go on. */
function note(child: ChildProcess, state: string): () => void {
  if (child.pid === undefined) return () => undefined;
  try {
    return noteChild(state, child.pid);
  } catch (error) {
    child.kill("SIGKILL");
    throw error;
  }
}

/** Helm's last "Error:" line on, without that word; what comes before are warnings. */
export function helmError(stderr: string): string {
  const text = stderr.trim();
  const start = text.lastIndexOf("Error: ");
  return start === -1 ? text || "helm ended without a word" : text.slice(start + "Error: ".length).trim();
}

/** The user's environment without what could point Helm at another cluster; its caches stay in the state folder. */
export function helmEnvironment(environment: NodeJS.ProcessEnv, state: string): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(([name]) => !/^(HELM_|KUBE)/.test(name));
  const folder = path.join(state, "helm");
  return {
    ...Object.fromEntries(kept),
    HELM_CACHE_HOME: path.join(folder, "cache"),
    HELM_CONFIG_HOME: path.join(folder, "config"),
    HELM_DATA_HOME: path.join(folder, "data"),
    KUBECACHEDIR: path.join(folder, "discovery"),
  };
}
