import * as pulumi from "@pulumi/pulumi";
import { platformRules } from "../../rules/index.ts";
import { customResource } from "../customResources/customResource.ts";
import { labels } from "../../catalog/labels.ts";
import { namespaces } from "../../catalog/names.ts";
import type { Settings } from "../../settings/read.ts";

/** The stack's recording rules and alerts, for Prometheus to evaluate. */
export class Rules extends pulumi.ComponentResource {
  constructor(name: string, settings: Settings, opts: pulumi.ComponentResourceOptions) {
    super("fluffy-observability:backends:Rules", name, {}, opts);
    for (const [rules, groups] of Object.entries(platformRules(settings))) {
      customResource(
        "PrometheusRule",
        {
          name: rules,
          namespace: namespaces.observability,
          labels: labels({ name: rules, component: "rules" }),
          spec: { groups },
        },
        { parent: this },
      );
    }
    this.registerOutputs({});
  }
}
