import * as pulumi from "@pulumi/pulumi";
import type { BundleChart } from "../../artifacts/artifacts.ts";
import { namespaces } from "../../catalog/names.ts";
import { operatorRelease } from "./operatorRelease.ts";

/** What MetricsServer needs. */
export interface MetricsServerArgs {
  /** The wrapped release manifest `metrics-server`. */
  readonly chart: BundleChart;
}

/** metrics-server, which answers `kubectl top` and feeds autoscalers. It lives in `kube-system`, where its RBAC is. */
export class MetricsServer extends pulumi.ComponentResource {
  constructor(name: string, args: MetricsServerArgs, opts: pulumi.ComponentResourceOptions) {
    super("fluffy-observability:operators:MetricsServer", name, {}, opts);
    operatorRelease(
      { name: "metrics-server", namespace: namespaces.metricsServer, chart: args.chart },
      { parent: this },
    );
    this.registerOutputs({});
  }
}
