import * as pulumi from "@pulumi/pulumi";
import { platformRules } from "../../rules/rules.ts";
import { customResource } from "../customResources/customResource.ts";
import { labels } from "../labels.ts";
import { namespaces } from "../names.ts";
import type { Settings } from "../settings.ts";

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
