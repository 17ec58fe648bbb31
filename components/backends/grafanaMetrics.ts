import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { labels } from "../../catalog/labels.ts";
import { namespaces, resources } from "../../catalog/names.ts";
import type { EnvVar } from "../customResources/common.ts";
import { watchedByOperator } from "./grafanaInstance.ts";

const name = resources.grafanaMetrics;

/** Who reads the metrics of a Grafana that people open by a host name: they are at the same address, and Grafana asks nobody else. */
export const metricsLogin = {
  username: { name, key: "username" },
  password: { name, key: "password" },
} as const;

/** The login as Grafana reads it. */
export const metricsLoginEnv: EnvVar[] = Object.entries(metricsLogin).map(([part, secretKeyRef]) => ({
  name: `GF_METRICS_BASIC_AUTH_${part.toUpperCase()}`,
  valueFrom: { secretKeyRef },
}));

/** The Secret with the login. Its password is generated and only ever sits there. */
export function metricsSecret(opts: pulumi.CustomResourceOptions): kubernetes.core.v1.Secret {
  const password = new random.RandomPassword(name, { length: 32, special: false }, opts);
  const ownLabels = { ...labels({ name, component: "monitor" }), ...watchedByOperator };
  const metadata = { name, namespace: namespaces.observability, labels: ownLabels };
  return new kubernetes.core.v1.Secret(
    name,
    { metadata, stringData: { username: "prometheus", password: password.result } },
    opts,
  );
}
