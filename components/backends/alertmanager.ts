import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { resourceRequirements } from "../../catalog/containerResources.ts";
import { disruptionBudget, spread } from "../kubernetes/availability.ts";
import { customResource } from "../customResources/customResource.ts";
import type { AlertmanagerSpec } from "../customResources/prometheus.ts";
import { labels } from "../../catalog/labels.ts";
import { namespaces, resources } from "../../catalog/names.ts";
import { allWorkloads } from "../network/workloads.ts";
import { podSecurity } from "../kubernetes/podSecurity.ts";
import { isEncrypted } from "../../catalog/endpoints.ts";
import { publicUrls } from "../../catalog/publicUrls.ts";
import type { Settings } from "../../settings/read.ts";
import { images, versions } from "../../catalog/versions.ts";
import { alertmanagerConfigSpec } from "./alertmanagerConfig.ts";
import { volumeOwner } from "../kubernetes/volumeClaim.ts";
import { podStorage } from "./podStorage.ts";
import { webTls } from "./prometheusTls.ts";
import { servedSecrets } from "../tls/certificates.ts";

/** What Alertmanager needs. */
export interface AlertmanagerArgs {
  readonly settings: Pick<Settings, "alertmanager" | "alertSecrets" | "access" | "tls">;
  /** URL, key or password of receivers by their names; secret. They only ever sit in a Secret. */
  readonly secrets: pulumi.Output<Record<string, string>>;
}

/** Alertmanager, which Prometheus sends its alerts to, and who it tells. */
export class Alertmanager extends pulumi.ComponentResource {
  constructor(name: string, args: AlertmanagerArgs, opts: pulumi.ComponentResourceOptions) {
    super("fluffy-observability:backends:Alertmanager", name, {}, opts);
    const { alertmanager, alertSecrets } = args.settings;
    const metadata = {
      namespace: namespaces.observability,
      labels: labels({ name: resources.alertmanager, component: "backend", version: versions.alertmanager }),
    };
    const secret =
      Object.keys(alertSecrets).length === 0
        ? []
        : new kubernetes.core.v1.Secret(
            resources.alertSecret,
            { metadata: { ...metadata, name: resources.alertSecret }, stringData: args.secrets },
            { parent: this },
          );
    const config = customResource(
      "AlertmanagerConfig",
      { ...metadata, name: resources.alertmanager, spec: alertmanagerConfigSpec(alertmanager) },
      { parent: this, dependsOn: secret },
    );
    customResource(
      "Alertmanager",
      { ...metadata, name: resources.alertmanager, spec: alertmanagerSpec(args.settings) },
      // The operator does not start one whose configuration is not there.
      { parent: this, dependsOn: config },
    );
    disruptionBudget(
      resources.alertmanager,
      {
        ...{ name: resources.alertmanager, namespace: namespaces.observability },
        pods: allWorkloads.alertmanager.labels,
        replicas: alertmanager.replicas,
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}

/** The Alertmanager of the stack, as a pure function of its settings. */
export function alertmanagerSpec({
  alertmanager: settings,
  access,
  tls,
}: Pick<Settings, "alertmanager" | "access" | "tls">): AlertmanagerSpec {
  const { alertmanager: publicUrl } = publicUrls({ access });
  return {
    image: images.alertmanager,
    version: versions.alertmanager,
    replicas: settings.replicas,
    ...spread({ pods: allWorkloads.alertmanager.labels, replicas: settings.replicas }),
    // Messages lead to it.
    ...(publicUrl === null ? {} : { externalUrl: publicUrl }),
    resources: resourceRequirements({ cpu: "10m", memory: "64Mi", memoryLimit: "256Mi" }),
    // It asks the cluster's API for nothing, nor does what reloads it.
    automountServiceAccountToken: false,
    securityContext: { ...volumeOwner(2000), ...podSecurity(1000) },
    // Silences and who was told; a few MiB.
    storage: podStorage(settings.volumeSize, "256Mi"),
    ...(isEncrypted("alertmanager", { access, tls }) ? { web: webTls(servedSecrets.alertmanager) } : {}),
    alertmanagerConfiguration: { name: resources.alertmanager },
    // Teams bring AlertmanagerConfigs of their own; the operator keeps each to the alerts of its namespace.
    alertmanagerConfigSelector: {},
    alertmanagerConfigNamespaceSelector: {},
  };
}
