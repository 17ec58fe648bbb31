import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { UserError, lastLine } from "../../errors.ts";
import { runEngine } from "../command.ts";
import type { ExportedState, KubeRef } from "./deployment.ts";
import { type RecordSecret, revisionsOf } from "./helmRecords.ts";
import { deadLocks } from "./locks.ts";
import { type Cluster, type LiveObject, planRecovery, type RecordChange } from "./plan.ts";

/** Whose broken-off run is to be ended. */
export interface RecoverOptions {
  /** The engine, as a path or a name on PATH. */
  pulumi: string;
  /** kubectl, likewise. */
  kubectl: string;
  /** Context of the kubeconfig; "" is the current one. */
  context: string;
  /** Folder of the Pulumi project. */
  folder: string;
  /** Name of that project. */
  project: string;
  stack: string;
  /** Do it, instead of only saying what would be done. */
  yes: boolean;
  print: (line: string) => void;
}

/**
 * Ends a run that was broken off well: takes away the lock of a process that is gone, repairs Helm's records of the releases
 * it was at, and brings the state in line with what is there.
 *
 * @returns how many things were, or would be, done
 * @throws UserError when pulumi or kubectl fails
 */
export async function recover(options: RecoverOptions): Promise<number> {
  const { folder, stack, yes, print } = options;
  const locks = await deadLocks(options.pulumi, options);
  for (const { pid, host } of locks) print(`lock of process ${pid} on ${host}, which is gone: cancel it`);
  const work = mkdtempSync(path.join(tmpdir(), "fluffy-observability-recover-"));
  try {
    const file = path.join(work, "state.json");
    await pulumi(options, ["stack", "export", "--stack", stack, "--file", file]);
    const state = JSON.parse(readFileSync(file, "utf8")) as ExportedState;
    const plan = await planRecovery(state, clusterOf(options));
    for (const line of plan.lines) print(line);
    if (!yes) return locks.length + plan.lines.length;
    if (locks.length > 0) await pulumi(options, ["cancel", "--yes", "--stack", stack]);
    for (const change of plan.records) await changeRecord(options, change);
    if (plan.lines.length > 0) {
      // Last: broken off before, recovery finds the same operations again.
      writeFileSync(file, JSON.stringify(plan.state), { mode: 0o600 });
      await pulumi(options, ["stack", "import", "--stack", stack, "--file", file]);
    }
    return locks.length + plan.lines.length;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }

  function pulumi({ pulumi: program }: RecoverOptions, args: string[]) {
    return runEngine(program, args, { cwd: folder });
  }
}

function clusterOf(options: RecoverOptions): Cluster {
  return {
    revisions: async ({ namespace, name }) => {
      const args = ["get", "secrets", "--namespace", namespace, "--selector", `owner=helm,name=${name}`];
      const { items } = JSON.parse(await kubectl(options, [...args, "--output", "json"])) as { items: RecordSecret[] };
      return revisionsOf(items);
    },
    object: async (ref) => {
      const { namespace, name } = ref;
      const where = namespace === undefined ? [] : ["--namespace", namespace];
      const args = ["get", kindOf(ref), name, ...where, "--ignore-not-found", "--show-managed-fields"];
      try {
        const text = await kubectl(options, [...args, "--output", "json"]);
        return text === "" ? undefined : (JSON.parse(text) as LiveObject);
      } catch (error) {
        // No such kind: then there is no such object either.
        if (error instanceof UserError && /have a resource type|could not find the requested/.test(error.message)) {
          return undefined;
        }
        throw error;
      }
    },
  };
}

/** As kubectl wants it: the kind with version and group. */
function kindOf({ apiVersion, kind }: KubeRef): string {
  const [group, version] = apiVersion.includes("/") ? apiVersion.split("/") : ["", apiVersion];
  return `${kind}.${version ?? ""}.${group ?? ""}`;
}

async function changeRecord(options: RecoverOptions, { namespace, secret, patch }: RecordChange): Promise<void> {
  const where = ["secret", secret, "--namespace", namespace];
  await kubectl(options, ["patch", ...where, "--type", "merge", "--patch", JSON.stringify(patch)]);
}

async function kubectl({ kubectl: program, context }: RecoverOptions, args: string[]): Promise<string> {
  const all = context === "" ? args : ["--context", context, ...args];
  try {
    return (await promisify(execFile)(program, all, { maxBuffer: 2 ** 26 })).stdout;
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string };
    throw new UserError(`kubectl: ${lastLine(stderr ?? "") || message}`);
  }
}
