import * as pulumi from "@pulumi/pulumi";
import type { BundleChart } from "../../artifacts/artifacts.ts";
import { namespaces } from "../../catalog/names.ts";
import { operatorRelease } from "./operatorRelease.ts";
import { webhookGate } from "./webhookGate.ts";

/** What JaegerOperator needs. */
export interface JaegerOperatorArgs {
  /** The wrapped release manifest `jaeger-operator`, its image that no longer exists replaced. */
  readonly chart: BundleChart;
}

/**
 * The Jaeger operator, for engine `operator`. It is at its end of life, and so is the Jaeger v1 that it runs. It lives in
 * namespace `observability`, as its manifest says, and its release holds a Certificate, so it needs cert-manager.
 */
export class JaegerOperator extends pulumi.ComponentResource {
  constructor(name: string, args: JaegerOperatorArgs, opts: pulumi.ComponentResourceOptions) {
    super("fluffy-observability:operators:JaegerOperator", name, {}, opts);
    const release = operatorRelease(
      { name: "jaeger-operator", namespace: namespaces.observability, chart: args.chart },
      { parent: this },
    );
    webhookGate(args.chart, { parent: this, dependsOn: release });
    this.registerOutputs({});
  }
}
