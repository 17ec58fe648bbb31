import * as pulumi from "@pulumi/pulumi";
import { dashboards } from "../../dashboards/index.ts";
import { type FolderDashboard } from "../../dashboards/kit/dashboard.ts";
import { folders } from "../../dashboards/kit/folders.ts";
import { customResource } from "../customResources/customResource.ts";
import type { GrafanaDashboardSpec, GrafanaFolderSpec } from "../customResources/grafana.ts";
import { labels } from "../../catalog/labels.ts";
import { namespaces } from "../../catalog/names.ts";
import type { Settings } from "../../settings/read.ts";
import { grafanaInstance, recreatedOnChange } from "./grafanaInstance.ts";

/** The stack's dashboards in Grafana's folders. */
export class Dashboards extends pulumi.ComponentResource {
  constructor(name: string, settings: Settings, opts: pulumi.ComponentResourceOptions) {
    super("fluffy-observability:backends:Dashboards", name, {}, opts);
    const object = (uid: string) => ({
      name: uid,
      namespace: namespaces.observability,
      labels: labels({ name: uid, component: "dashboard" }),
    });
    const opt = { parent: this, ...recreatedOnChange };
    const folderResources = Object.fromEntries(
      folderSpecs(settings.grafana).map((spec) => [
        spec.uid,
        customResource("GrafanaFolder", { ...object(spec.uid), spec }, opt),
      ]),
    );
    for (const spec of dashboardSpecs(settings)) {
      const dependsOn = folderResources[spec.folderRef] ?? [];
      customResource("GrafanaDashboard", { ...object(spec.uid), spec }, { ...opt, dependsOn });
    }
    this.registerOutputs({});
  }
}

/** The folders of the dashboards. */
export function folderSpecs(settings: Settings["grafana"]): GrafanaFolderSpec[] {
  return Object.values(folders).map((folder) => ({
    ...grafanaInstance(settings.allowCrossNamespaceImport),
    ...folder,
  }));
}

/** The dashboards, each as Grafana's own JSON. */
export function dashboardSpecs(settings: Settings): (GrafanaDashboardSpec & { folderRef: string })[] {
  return dashboards(settings).map(({ uid, folder, dashboard }: FolderDashboard) => ({
    ...grafanaInstance(settings.grafana.allowCrossNamespaceImport),
    uid,
    folderRef: folders[folder].uid,
    json: JSON.stringify(dashboard),
  }));
}
