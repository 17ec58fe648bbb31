import { findCluster } from "../cluster/cluster.ts";
import { errorLine, UserError } from "../../cli/errors.ts";
import { engineHome } from "../engine/home.ts";
import { type StackSummary, stacksOf } from "../engine/states.ts";
import { type KubeClient, openCluster } from "../cluster/api/client.ts";
import { workloadKinds } from "../cluster/workloadKinds.ts";
import { operatorsFolder } from "../operators/prometheusOperator.ts";
import { verdicts } from "../operators/verdicts.ts";
import { query } from "../../page/figures.ts";
import { healthOf } from "../../page/model/health.ts";
import type { RuleGroup } from "../../rules/rule.ts";
import type { Session } from "../session.ts";
import { programLine } from "../summary.ts";
import { fingerprint } from "../../cli/daemons/program.ts";
import { type ProgramStatus, programStatus } from "../../cli/daemons/startPrograms.ts";
import { silentReport } from "../../cli/silentReport.ts";
import { objectiveWithoutData } from "../../rules/serviceTelemetryAlerts.ts";
import { telemetryFolder } from "../telemetry/local.ts";

/** What `status --json` has besides what every verb has. */
interface Status {
  /** Missing where none runs. */
  cluster?: { server: string; kubeconfig: string };
  stacks: StackSummary[];
  workloads: { kind: string; total: number; ready: number }[];
  /** The operators and the programs of the data path that were started on this machine. */
  operators: ProgramStatus[];
  telemetry: ProgramStatus[];
  /** One line each. */
  problems: string[];
}

/** Prints everything that there is: cluster, stacks, objects, telemetry with its URLs, and what is not as it should be. */
export async function status(session: Session): Promise<void> {
  const { paths, print } = session;
  const found = await findStatus(session);
  const { cluster, stacks, workloads, operators, telemetry, problems } = found;
  print(cluster ? `cluster: running at ${cluster.server}, kubeconfig ${cluster.kubeconfig}` : "cluster: not running");
  for (const { name, running, log } of operators) print(`${name}: ${running ? "running" : "not running"}, log ${log}`);
  for (const { project, stack, count, pending } of stacks) {
    print(`stack: ${project}/${stack}, ${count} resources${pending === 0 ? "" : `, ${pending} of a broken-off run`}`);
  }
  if (stacks.length === 0) print("stack: none");
  for (const { kind, total, ready } of workloads) {
    if (total > 0) print(`${kind.toLowerCase()}s: ${ready} of ${total} available`);
  }
  print(telemetry.length === 0 ? "telemetry: not running" : `telemetry: state and logs in ${telemetryFolder(paths)}`);
  for (const program of telemetry) print(`  ${programLine(program)}`);
  if (problems.length > 0) print("not as it should be:");
  for (const line of problems) print(`  ${line}`);
  session.details = { ...found };
}

async function findStatus(session: Session): Promise<Status> {
  const { paths, signal } = session;
  const cluster = await findCluster(paths);
  const here = {
    stacks: stacksOf(engineHome(paths)),
    operators: programStatus(operatorsFolder(paths.state)),
    telemetry: programStatus(telemetryFolder(paths)),
  };
  if (cluster === undefined) return { ...here, workloads: [], problems: [] };
  const client = openCluster(cluster.kubeconfig, signal);
  const lists = await Promise.all(workloadKinds.map((kind) => client.list("apps/v1", kind)));
  const late = lists.map((objects) => objects.map(healthOf).filter(({ health }) => health !== "healthy"));
  return {
    cluster: { server: cluster.server, kubeconfig: cluster.kubeconfig },
    ...here,
    workloads: workloadKinds.map((kind, index) => {
      const total = lists[index]?.length ?? 0;
      return { kind, total, ready: total - (late[index]?.length ?? 0) };
    }),
    problems: [
      ...late.flat().map(({ namespace, name, message }) => `${namespace}/${name}: ${message}`),
      // What the Prometheus operator does not run.
      ...Object.values(await verdicts(client)).filter((line) => line !== undefined),
      ...(await unfit(session, here.telemetry)),
      ...(await withoutData(client, here.telemetry)),
    ],
  };
}

/** Which telemetry programs are not as the objects describe them. */
async function unfit(session: Session, telemetry: readonly ProgramStatus[]): Promise<string[]> {
  if (telemetry.length === 0) return [];
  const renew = 'run "npm run sandbox -- telemetry"';
  try {
    const { liveTelemetry } = await import("./telemetry.ts");
    // Whoever looks does not wait for what would have to be made first.
    const activity = (label: string) => {
      throw new UserError(`${label} comes first: ${renew}`);
    };
    const { programs } = await liveTelemetry({ ...session, report: { ...silentReport, activity } });
    const wanted = new Map(programs.map((program) => [program.name, fingerprint(program)]));
    const known = new Map(telemetry.map((program) => [program.name, program]));
    return [...new Set([...wanted.keys(), ...known.keys()])].flatMap((name) => {
      if (known.get(name)?.running !== true) return [`${name}: does not run: ${renew}`];
      if (wanted.get(name) === known.get(name)?.fingerprint) return [];
      return [`${name}: does not fit the objects of the cluster any more: ${renew}`];
    });
  } catch (error) {
    if (error instanceof UserError)
      return [`telemetry does not fit the objects of the cluster any more: ${errorLine(error)}`];
    throw error;
  }
}

/** Entries of `slo.services` for which Prometheus has no data, as the alert about them looks for it. */
async function withoutData(client: KubeClient, telemetry: readonly ProgramStatus[]): Promise<string[]> {
  const prometheus = telemetry.find(({ name, running }) => running && name === "prometheus");
  if (prometheus === undefined) return [];
  const objects = await client.list("monitoring.coreos.com/v1", "PrometheusRule");
  const groups = objects.flatMap(({ spec }) => (spec as { groups?: RuleGroup[] }).groups ?? []);
  const rule = groups
    .flatMap(({ rules }) => rules)
    .find((each) => "alert" in each && each.alert === objectiveWithoutData);
  if (rule === undefined) return [];
  const found = await query(prometheus.url, rule.expr);
  return found.map(({ labels }) => `slo.services.${labels.service_name ?? ""}: there is no data of such a service`);
}
