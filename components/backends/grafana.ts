import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { resourceRequirements } from "../../catalog/containerResources.ts";
import { customResource } from "../customResources/customResource.ts";
import type { GrafanaSpec } from "../customResources/grafana.ts";
import { labels } from "../../catalog/labels.ts";
import { namespaces, resources } from "../../catalog/names.ts";
import type { Settings } from "../../settings/read.ts";
import { versions } from "../../catalog/versions.ts";
import { disruptionBudget, spread } from "../kubernetes/availability.ts";
import { volumeClaim, volumeOwner } from "../kubernetes/volumeClaim.ts";
import { allWorkloads } from "../network/workloads.ts";
import { databaseCa, databaseEnv } from "./grafanaDatabase.ts";
import { type DatasourceArgs, grafanaDatasources, logsPlugin } from "./grafanaDatasources.ts";
import { metricsLoginEnv } from "./grafanaMetrics.ts";
import { loginConfig, loginEnv } from "./grafanaLogin.ts";
import { operatorsUser, passwordContainer } from "./grafanaPassword.ts";
import { instanceLabels, recreatedOnChange, watchedByOperator } from "./grafanaInstance.ts";
import { neededFirst, type OperatedOptions } from "../kubernetes/neededFirst.ts";

/** What Grafana needs. */
export interface GrafanaArgs {
  readonly settings: Settings["grafana"];
  /** Where people outside the cluster open it; null where it has no host name. */
  readonly publicUrl: string | null;
  /** The provider of logins. */
  readonly oidc: Settings["oidc"];
  /** Where its data comes from. */
  readonly datasources: DatasourceArgs;
}

/** Keys of the admin Secret, and the variables that Grafana reads them from. */
const adminUserKey = "GF_SECURITY_ADMIN_USER";
const adminPasswordKey = "GF_SECURITY_ADMIN_PASSWORD";

/** Grafana with its data sources. Its admin password is generated and only ever sits in a Secret. */
export class Grafana extends pulumi.ComponentResource {
  constructor(name: string, args: GrafanaArgs, opts: OperatedOptions) {
    const { component, after } = neededFirst(opts);
    super("fluffy-observability:backends:Grafana", name, {}, component);
    const namespace = namespaces.observability;
    const ownLabels = labels({ name: resources.grafana, component: "backend", version: versions.grafana });

    const password = new random.RandomPassword("grafana-admin", { length: 32, special: false }, { parent: this });
    const secret = new kubernetes.core.v1.Secret(
      resources.grafanaAdminSecret,
      {
        metadata: { name: resources.grafanaAdminSecret, namespace, labels: { ...ownLabels, ...watchedByOperator } },
        stringData: { [adminUserKey]: "admin", [adminPasswordKey]: password.result },
      },
      { parent: this },
    );
    const grafana = customResource(
      "Grafana",
      {
        name: resources.grafana,
        namespace,
        labels: { ...ownLabels, ...instanceLabels },
        spec: grafanaSpec(args, args.datasources.logs === undefined ? [] : [logsPlugin]),
      },
      { parent: this, dependsOn: after(secret) },
    );
    for (const spec of grafanaDatasources(args.datasources)) {
      customResource(
        "GrafanaDatasource",
        { name: spec.uid, namespace, labels: labels({ name: spec.uid, component: "datasource" }), spec },
        // The operator removes a data source from a Grafana that is still there.
        { parent: this, dependsOn: grafana, ...recreatedOnChange },
      );
    }
    disruptionBudget(
      resources.grafana,
      { name: resources.grafana, namespace, pods: allWorkloads.grafana.labels, replicas: args.settings.replicas },
      { parent: this },
    );
    this.registerOutputs({});
  }
}

/**
 * The Grafana of the stack, as a pure function of its settings.
 *
 * @param plugins what it fetches, each as `name@version`
 */
export function grafanaSpec(
  { settings, publicUrl, oidc }: Pick<GrafanaArgs, "settings" | "publicUrl" | "oidc">,
  plugins: readonly string[],
): GrafanaSpec {
  const fromSecret = (key: string) => ({
    name: key,
    valueFrom: { secretKeyRef: { name: resources.grafanaAdminSecret, key } },
  });
  const adminLogin = [fromSecret(adminUserKey), fromSecret(adminPasswordKey)];
  const { replicas, database, memoryLimit } = settings;
  const onVolume = settings.volumeSize !== "";
  const inDatabase = database.type !== "file";
  const { volumes, volumeMounts } = databaseCa(database);
  const env = [...adminLogin, ...databaseEnv(database)];
  return {
    version: versions.grafana,
    // The admin's name and password come from our Secret.
    disableDefaultAdminSecret: true,
    config: {
      "auth.anonymous": { enabled: "false" },
      analytics: { reporting_enabled: "false", check_for_updates: "false" },
      server: {
        // The operator says so where Grafana's version is a plain one: version 13 takes memory without end for it.
        enable_gzip: "false",
        // Links, and where a login comes back to.
        ...(publicUrl === null ? {} : { root_url: `${publicUrl}/` }),
      },
      ...(publicUrl === null ? {} : { security: { cookie_secure: "true", cookie_samesite: "lax" } }),
      ...loginConfig(oidc),
      ...(plugins.length > 0 ? { plugins: { preinstall: plugins.join(",") } } : {}),
    },
    ...(onVolume ? { persistentVolumeClaim: { spec: volumeClaim(settings.volumeSize) } } : {}),
    deployment: {
      spec: {
        ...(replicas > 1 ? { replicas } : {}),
        // Two pods cannot share the volume while one replaces the other.
        ...(onVolume ? { strategy: { type: "Recreate" as const } } : {}),
        template: {
          spec: {
            // Grafana asks the cluster's API for nothing.
            automountServiceAccountToken: false,
            // The operator runs it as a user, who may not write a new volume otherwise.
            ...(onVolume ? { securityContext: volumeOwner(operatorsUser) } : {}),
            ...spread({ pods: allWorkloads.grafana.labels, replicas }),
            // Where an admin outlives the pod.
            ...(onVolume || inDatabase
              ? { initContainers: [passwordContainer({ env, inDatabase, memoryLimit, volumeMounts })] }
              : {}),
            containers: [
              {
                name: "grafana",
                env: [...env, ...(publicUrl === null ? [] : metricsLoginEnv), ...loginEnv(oidc)],
                resources: resourceRequirements({ cpu: "100m", memory: "256Mi", memoryLimit }),
                ...(volumeMounts.length > 0 ? { volumeMounts } : {}),
              },
            ],
            volumes: [
              onVolume
                ? // The operator names the claim after the Grafana.
                  { name: "grafana-data", persistentVolumeClaim: { claimName: `${resources.grafana}-pvc` } }
                : { name: "grafana-data", emptyDir: { sizeLimit: "1Gi" } },
              { name: "grafana-logs", emptyDir: { sizeLimit: "256Mi" } },
              { name: "grafana-tmp", emptyDir: { sizeLimit: "256Mi" } },
              ...volumes,
            ],
          },
        },
      },
    },
  };
}
