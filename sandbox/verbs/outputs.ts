import { findCluster } from "../cluster/cluster.ts";
import { UserError } from "../errors.ts";
import { Inventory } from "../inventory.ts";
import { commandLine } from "../options.ts";
import { readSecretOutputs } from "../runner/secretOutputs.ts";
import { openCluster, type Session } from "../session.ts";
import { readProject } from "../stackFile.ts";
import { outputLines, type Summary } from "../summary.ts";

/** Prints what the last `up` gave. */
export async function outputs(session: Session): Promise<Summary> {
  const { options, paths, folder, print } = session;
  const { name } = readProject(folder, options.stack, options);
  const saved = Inventory.open(paths.state, name, options.stack).outputs;
  if (Object.keys(saved).length === 0) {
    throw new UserError(`stack "${options.stack}" has no outputs: run "${commandLine("up", options)}"`);
  }
  const secret = options.showSecrets ? await secretOutputs(session, name) : {};
  const all = { ...saved, ...secret };
  for (const line of outputLines(all)) print(line);
  return { rows: [], outputs: all };
}

/** Secrets are in no file: only the cluster has them. */
async function secretOutputs({ paths, signal, options }: Session, project: string): Promise<Record<string, unknown>> {
  const cluster = await findCluster(paths);
  if (cluster === undefined) throw new UserError("the cluster does not run, and only it has the secrets: run up first");
  const { client } = await openCluster(cluster.kubeconfig, signal);
  return readSecretOutputs(client, project, options.stack);
}
