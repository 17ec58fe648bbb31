import { once } from "node:events";
import { datasourceUids } from "../../catalog/names.ts";
import { UserError } from "../../cli/errors.ts";
import { apiVersions } from "../../components/customResources/customResource.ts";
import type { GrafanaDashboardSpec, GrafanaDatasourceSpec } from "../../components/customResources/grafana.ts";
import { dashboards } from "../../dashboards/index.ts";
import type { FolderDashboard } from "../../dashboards/kit/dashboard.ts";
import type { GivenDashboard } from "../../page/dashboards.ts";
import { hasPage } from "../../page/http.ts";
import { healthOf, type ObjectHealth } from "../../page/model/health.ts";
import { type PageContent, servePage } from "../../page/server.ts";
import { durationSeconds } from "../../settings/duration.ts";
import { parseSettings } from "../../settings/read.ts";
import { type KubeClient, type KubeObject, openCluster } from "../cluster/api/client.ts";
import { findCluster } from "../cluster/cluster.ts";
import { workloadKinds } from "../cluster/workloadKinds.ts";
import { programStatus } from "../../cli/daemons/startPrograms.ts";
import type { Session } from "../session.ts";
import { telemetryFolder, telemetryPorts, telemetryUrls } from "../telemetry/local.ts";
import { logStoreProgram } from "../telemetry/victoriaLogs.ts";

/** Programs that have a page of their own, unless they were built without one. */
const withPages = ["prometheus", "alertmanager", "jaeger", logStoreProgram];

/** Serves the page until it is asked to stop. */
export async function open(session: Session): Promise<void> {
  const { paths, signal, print } = session;
  const cluster = await findCluster(paths);
  const running = () => programStatus(telemetryFolder(paths)).filter((program) => program.running);
  if (cluster === undefined || running().length === 0) {
    throw new UserError('there is nothing to show: run "npm run sandbox -- up --telemetry" first');
  }
  const client = openCluster(cluster.kubeconfig, signal);
  const ports = telemetryPorts(paths);
  const { prometheus, jaeger, logs } = telemetryUrls(ports);
  const content = async (): Promise<PageContent> => {
    const programs = running();
    // Not the applications: whoever asks one of them makes traces and metrics, and may make an alert fire.
    const links = programs
      .filter(({ name }) => withPages.includes(name))
      .map(async ({ name: label, url }) => ((await hasPage(url)) ? [{ label, url }] : []));
    return {
      sources: { prometheus, jaeger, ...(programs.some(({ name }) => name === logStoreProgram) ? { logs } : {}) },
      ...(await fromGrafana(client)),
      links: (await Promise.all(links)).flat(),
    };
  };
  const page = await servePage({ port: ports.page, content, objects: () => readObjects(client) });
  print(`page ${page.url} (Ctrl-C ends it)`);
  if (!signal.aborted) await once(signal, "abort");
  await page.close();
}

/** The dashboards that the stack gave Grafana, and the pace of the samples; without Grafana those of the default settings. */
async function fromGrafana(client: KubeClient): Promise<Pick<PageContent, "dashboards" | "scrapeSeconds">> {
  const given = await client.list(apiVersions.GrafanaDashboard, "GrafanaDashboard");
  const sources = await client.list(apiVersions.GrafanaDatasource, "GrafanaDatasource");
  const source = sources
    .map(({ spec }) => spec as GrafanaDatasourceSpec)
    .find(({ uid }) => uid === datasourceUids.prometheus);
  const interval = source?.datasource.jsonData?.timeInterval;
  return {
    dashboards: givenDashboards(given, dashboards(parseSettings({}))),
    scrapeSeconds: durationSeconds(typeof interval === "string" ? interval : "30s"),
  };
}

/**
 * The dashboards of Grafana's objects, those of the stack first, in its own order.
 *
 * @param objects GrafanaDashboards of all namespaces; a team's own may keep its model elsewhere, as in a ConfigMap: it is left out
 * @param own the dashboards of the stack, which stand for what Grafana has not been given
 */
export function givenDashboards(
  objects: readonly (Pick<KubeObject, "metadata"> & { spec?: unknown })[],
  own: readonly FolderDashboard[],
): GivenDashboard[] {
  const place = (uid?: string) => own.findIndex((each) => each.uid === uid) + 1 || Infinity;
  const given = objects
    .map(({ metadata, spec }) => ({ metadata, spec: spec as Partial<GrafanaDashboardSpec> }))
    .toSorted((a, b) => place(a.spec.uid) - place(b.spec.uid))
    .flatMap(({ metadata: { namespace = "", name }, spec: { json } }) =>
      json === undefined ? [] : [{ name: `${namespace}/${name}`, json }],
    );
  return given.length > 0
    ? given
    : own.map(({ title, dashboard }) => ({ name: title, json: JSON.stringify(dashboard) }));
}

async function readObjects(client: KubeClient): Promise<ObjectHealth[]> {
  const kinds = [...Object.entries(apiVersions), ...workloadKinds.map((kind) => [kind, "apps/v1"] as const)];
  const lists = await Promise.all(kinds.map(([kind, apiVersion]) => client.list(apiVersion, kind)));
  return lists.flat().map(healthOf);
}
