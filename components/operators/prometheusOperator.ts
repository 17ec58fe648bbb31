import * as pulumi from "@pulumi/pulumi";
import type { BundleChart } from "../../artifacts/artifacts.ts";
import { namespaces } from "../../catalog/names.ts";
import { operatorRelease } from "./operatorRelease.ts";

/** What PrometheusOperator needs. */
export interface PrometheusOperatorArgs {
  /** The wrapped release manifest `prometheus-operator`, moved out of namespace `default`. */
  readonly chart: BundleChart;
}

/** The Prometheus operator, which runs Prometheus and Alertmanager and reads ServiceMonitors and rules. */
export class PrometheusOperator extends pulumi.ComponentResource {
  constructor(name: string, args: PrometheusOperatorArgs, opts: pulumi.ComponentResourceOptions) {
    super("fluffy-observability:operators:PrometheusOperator", name, {}, opts);
    operatorRelease(
      { name: "prometheus-operator", namespace: namespaces.prometheusOperator, chart: args.chart },
      { parent: this },
    );
    this.registerOutputs({});
  }
}
