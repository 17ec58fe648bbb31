import * as pulumi from "@pulumi/pulumi";
import type { BundleChart, HelmChart } from "../../artifacts/artifacts.ts";
import { chartDigest } from "../../catalog/imageRegistry.ts";
import { namespaces } from "../../catalog/names.ts";
import { operatorImages, versions } from "../../catalog/versions.ts";
import { operatorResources } from "../../artifacts/operatorResources.ts";
import type { Settings } from "../../settings/read.ts";
import { operatorRelease } from "./operatorRelease.ts";

/** What GrafanaOperator needs. */
export interface GrafanaOperatorArgs {
  /** The wrapped manifest `grafana-operator-crds`. */
  readonly crds: BundleChart;
  /** The chart `grafana-operator`. */
  readonly chart: HelmChart;
  /** Where its images come from. */
  readonly images: Settings["images"];
}

/**
 * The Grafana operator. Its CRDs are a release of their own: Helm neither upgrades nor deletes the ones in a chart's
 * `crds/` folder.
 */
export class GrafanaOperator extends pulumi.ComponentResource {
  constructor(name: string, args: GrafanaOperatorArgs, opts: pulumi.ComponentResourceOptions) {
    super("fluffy-observability:operators:GrafanaOperator", name, {}, opts);
    const { registry, pullSecrets } = args.images;
    const [digest] = operatorImages.grafanaOperator.map((image) => chartDigest(image).image?.digest);
    const crds = operatorRelease(
      { name: "grafana-operator-crds", namespace: namespaces.grafanaOperator, chart: args.crds },
      { parent: this },
    );
    operatorRelease(
      {
        name: "grafana-operator",
        namespace: namespaces.grafanaOperator,
        chart: args.chart,
        values: {
          // Its chart knows no digest beside a tag.
          ...(digest === undefined ? {} : { image: { tag: `v${versions.grafanaOperator}@${digest}` } }),
          ...(registry === "" ? {} : { global: { imageRegistry: registry } }),
          ...(pullSecrets.length > 0 ? { imagePullSecrets: pullSecrets.map((secret) => ({ name: secret })) } : {}),
          // All that Pod Security's level `restricted` asks for besides what the chart has.
          podSecurityContext: { seccompProfile: { type: "RuntimeDefault" } },
          resources: operatorResources.grafanaOperator["grafana-operator"],
        },
        skipCrds: true,
      },
      { parent: this, dependsOn: crds },
    );
    this.registerOutputs({});
  }
}
