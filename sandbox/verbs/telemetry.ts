import { findCluster } from "../cluster/cluster.ts";
import { UserError } from "../../cli/errors.ts";
import { openCluster, type Session } from "../session.ts";
import { NOTHING_DONE, type Summary } from "../summary.ts";
import { readLiveObjects } from "../telemetry/liveObjects.ts";
import { telemetryFolder, telemetryPorts } from "../telemetry/local.ts";
import { ensureNodePackages } from "../telemetry/node.ts";
import { hostMappings } from "../telemetry/loopback.ts";
import { localUpstreamUrl, telemetryPrograms, telemetryTools } from "../telemetry/programs.ts";
import { ensurePython } from "../telemetry/python.ts";
import { programStatus, startPrograms, stopPrograms } from "../processes/startPrograms.ts";
import { ensureTools } from "../programs/tools.ts";

/** Starts or stops the telemetry programs, or says what runs. */
export async function telemetry(session: Session): Promise<Summary> {
  const { options, paths, report } = session;
  if (options.action === "stop") await stopPrograms(telemetryFolder(paths), report);
  else if (options.action === "status") printStatus(session);
  else await start(session);
  return NOTHING_DONE;
}

async function start({ paths, report, signal, print }: Session): Promise<void> {
  const cluster = await findCluster(paths);
  if (cluster === undefined) throw new UserError('no cluster runs: run "npm run sandbox -- up" first');
  const client = openCluster(cluster.kubeconfig, signal);
  const objects = await readLiveObjects(client);
  const [ports, folder] = [telemetryPorts(paths), telemetryFolder(paths)];
  const tools = await ensureTools(telemetryTools, paths, report);
  const python = await ensurePython(paths, report);
  const nodePackages = objects.ordersApi === undefined ? undefined : await ensureNodePackages(paths, report);
  const programs = telemetryPrograms({
    ...{ objects, ports, tools, python, project: paths.project, folder },
    ...(nodePackages === undefined ? {} : { nodePackages }),
  });
  print("in the cluster                                here");
  for (const { inCluster, local } of hostMappings(ports)) print(`${inCluster.padEnd(45)} ${local}`);
  const { env = [] } = objects.deployment.spec.template.spec.containers[0] ?? {};
  const upstream = env.find(({ name }) => name === "UPSTREAM_URL")?.value ?? "the API's upstream";
  print(`${upstream.padEnd(45)} ${localUpstreamUrl(upstream, ports)}`);
  await startPrograms(programs, folder, report, signal);
  for (const { name, url } of programs) if (url !== "") print(`${name.padEnd(12)} ${url}`);
}

function printStatus({ paths, print }: Session): void {
  const programs = programStatus(telemetryFolder(paths));
  if (programs.length === 0) print("telemetry: not running");
  for (const { name, running, since, url, log, pid } of programs) {
    const state = running ? `running since ${since} as process ${pid}` : "not running any more";
    print(`${name.padEnd(12)} ${state}${url === "" ? "" : ` at ${url}`}, log ${log}`);
  }
}
