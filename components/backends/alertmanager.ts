import * as pulumi from "@pulumi/pulumi";
import { resourceRequirements } from "../containerResources.ts";
import { customResource } from "../customResources/customResource.ts";
import type { AlertmanagerSpec } from "../customResources/prometheus.ts";
import { labels } from "../labels.ts";
import { namespaces, resources } from "../names.ts";
import type { Settings } from "../settings.ts";
import { images, versions } from "../versions.ts";
import { volumeClaim } from "../volumeClaim.ts";

/** Alertmanager, which Prometheus sends its alerts to. */
export class Alertmanager extends pulumi.ComponentResource {
  constructor(name: string, settings: Settings["alertmanager"], opts: pulumi.ComponentResourceOptions) {
    super("fluffy-observability:backends:Alertmanager", name, {}, opts);
    customResource(
      "Alertmanager",
      {
        name: resources.alertmanager,
        namespace: namespaces.observability,
        labels: labels({ name: resources.alertmanager, component: "backend", version: versions.alertmanager }),
        spec: alertmanagerSpec(settings),
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}

/** The Alertmanager of the stack, as a pure function of its settings. */
export function alertmanagerSpec(settings: Settings["alertmanager"]): AlertmanagerSpec {
  return {
    image: images.alertmanager,
    version: versions.alertmanager,
    replicas: settings.replicas,
    resources: resourceRequirements({ cpu: "10m", memory: "64Mi", memoryLimit: "256Mi" }),
    securityContext: { fsGroup: 2000, runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: "RuntimeDefault" } },
    ...(settings.volumeSize === ""
      ? {}
      : { storage: { volumeClaimTemplate: { spec: volumeClaim(settings.volumeSize) } } }),
    alertmanagerConfigSelector: {},
    alertmanagerConfigNamespaceSelector: {},
  };
}
