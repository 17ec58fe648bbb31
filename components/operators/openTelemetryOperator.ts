import * as pulumi from "@pulumi/pulumi";
import type { BundleChart } from "../../artifacts/artifacts.ts";
import { namespaces } from "../../catalog/names.ts";
import { operatorRelease } from "./operatorRelease.ts";
import { webhookGate } from "./webhookGate.ts";

/** What OpenTelemetryOperator needs. */
export interface OpenTelemetryOperatorArgs {
  /** The wrapped release manifest `opentelemetry-operator`. */
  readonly chart: BundleChart;
}

/**
 * The OpenTelemetry operator, which runs collectors and injects instrumentation into pods. Its release holds a
 * Certificate, so it needs cert-manager; it looks for the monitoring CRDs only when it starts, so they come before.
 */
export class OpenTelemetryOperator extends pulumi.ComponentResource {
  constructor(name: string, args: OpenTelemetryOperatorArgs, opts: pulumi.ComponentResourceOptions) {
    super("fluffy-observability:operators:OpenTelemetryOperator", name, {}, opts);
    const release = operatorRelease(
      { name: "opentelemetry-operator", namespace: namespaces.openTelemetryOperator, chart: args.chart },
      { parent: this },
    );
    webhookGate(args.chart, { parent: this, dependsOn: release });
    this.registerOutputs({});
  }
}
