import { spawn } from "node:child_process";
import path from "node:path";

/** How Helm is run. */
export interface Helm {
  /** Path of the program. */
  program: string;
  kubeconfig: string;
  /** Folder for Helm's own caches. */
  state: string;
}

/**
 * Runs Helm to its end.
 *
 * @param stdin given to it, e.g. values that must not be written to a file
 * @returns its standard output
 * @throws Error with Helm's own words.
 */
export async function runHelm(helm: Helm, args: string[], stdin = ""): Promise<string> {
  const child = spawn(helm.program, [...args, "--kubeconfig", helm.kubeconfig], {
    env: helmEnvironment(process.env, helm.state),
    stdio: ["pipe", "pipe", "pipe"],
  });
  let output = "";
  let errors = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  // A Helm that ends early does not read its values; its exit code says what is wrong.
  child.stdin.on("error", () => undefined).end(stdin);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  if (code !== 0) throw new Error(helmError(errors));
  return output;
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
