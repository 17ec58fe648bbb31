import { openCluster } from "../cluster/api/client.ts";
import { findCluster } from "../cluster/cluster.ts";
import { UserError } from "../../cli/errors.ts";
import { withOwnFlags } from "../options.ts";
import type { Session } from "../session.ts";
import { programLine } from "../summary.ts";
import { readLiveObjects } from "../telemetry/liveObjects.ts";
import { hasPrometheusOperator } from "../operators/prometheusOperator.ts";
import { untilTaken } from "../operators/verdicts.ts";
import { telemetryFolder, telemetryPorts } from "../telemetry/local.ts";
import { ensureNodePackages } from "../telemetry/node.ts";
import { type HostMapping, hostMappings } from "../telemetry/loopback.ts";
import { localUpstreamUrl, telemetryPrograms, telemetryTools } from "../telemetry/programs.ts";
import { ensurePython } from "../telemetry/python.ts";
import type { Program } from "../../cli/daemons/program.ts";
import { programStatus, startPrograms, stopPrograms } from "../../cli/daemons/startPrograms.ts";
import { ensureTools } from "../programs/tools.ts";

/** Starts or stops the telemetry programs, or says what runs. */
export async function telemetry(session: Session): Promise<void> {
  const { options, paths, report, print } = session;
  const folder = telemetryFolder(paths);
  const known = programStatus(folder);
  if (options.action === "stop") {
    if (known.length === 0) report.note("no telemetry program runs");
    await stopPrograms(folder, report);
  } else if (options.action === "status") {
    if (known.length === 0) print("telemetry: not running");
    for (const program of known) print(programLine(program));
  } else {
    await untilRulesAreTaken(session);
    const { programs, addresses } = await renewTelemetry(session);
    print("in the cluster                                here");
    for (const { inCluster, local } of addresses) print(`${inCluster.padEnd(45)} ${local}`);
    for (const { name, url } of programs) if (url !== "") print(`${name.padEnd(12)} ${url}`);
  }
}

/** An object that was just applied, such as an alert, is in what the operator makes of it only a moment later. */
async function untilRulesAreTaken({ paths, report, signal }: Session): Promise<void> {
  const cluster = await findCluster(paths);
  if (cluster === undefined) return;
  const client = openCluster(cluster.kubeconfig, signal);
  if (await hasPrometheusOperator(client)) await untilTaken(client, report, signal);
}

/** The telemetry programs, and where the addresses of the cluster are on this machine. */
interface LiveTelemetry {
  programs: Program[];
  addresses: HostMapping[];
}

/** Starts the programs as the objects of the cluster are now; what runs so already is left alone. */
export async function renewTelemetry(session: Session): Promise<LiveTelemetry> {
  const live = await liveTelemetry(session);
  await startPrograms(live.programs, telemetryFolder(session.paths), session.report, session.signal);
  return live;
}

/** Renews what runs, after the objects have changed. Where they do not describe it any more, it goes on as it is. */
export async function keepTelemetry(session: Session): Promise<void> {
  try {
    await renewTelemetry(session);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    session.report.note(`telemetry is not renewed: ${withOwnFlags(error.message, session.options)}`);
  }
}

/**
 * The programs as the objects of the cluster describe them now.
 *
 * @throws UserError when there is no cluster, or an object is missing
 */
export async function liveTelemetry({ paths, report, signal }: Session): Promise<LiveTelemetry> {
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
  const { env = [] } = objects.deployment.spec.template.spec.containers[0] ?? {};
  const upstream = env.find(({ name }) => name === "UPSTREAM_URL")?.value ?? "the API's upstream";
  const addresses = [...hostMappings(ports), { inCluster: upstream, local: localUpstreamUrl(upstream, ports) }];
  return { programs, addresses };
}
