/** An object of the Kubernetes API, as a program registers it. */
export interface Inputs extends Record<string, unknown> {
  apiVersion?: string;
  kind?: string;
  spec?: Record<string, unknown>;
}

/** One thing that a policy must catch. */
export interface Row {
  /** The policy. */
  readonly policy: string;
  /** An object that must fail. */
  readonly bad: Inputs;
  /** Everything that the policies say about it. */
  readonly says: readonly string[];
  /** The same object in order: it must pass all policies. */
  readonly good: Inputs;
  /** The resource's type. @default a Kubernetes object's */
  readonly type?: string;
}

export const resources = { requests: { cpu: "50m", memory: "64Mi" }, limits: { memory: "128Mi" } };

export const goodContainer = {
  name: "api",
  image: "registry.example.org/api:1.0.0",
  resources,
  readinessProbe: { httpGet: { path: "/healthz", port: 8000 } },
  livenessProbe: { httpGet: { path: "/healthz", port: 8000 } },
  securityContext: { allowPrivilegeEscalation: false },
};

export function podOf(container: object, pod: object = {}): Record<string, unknown> {
  return { securityContext: { runAsNonRoot: true }, containers: [{ ...goodContainer, ...container }], ...pod };
}

export function deployment(container: object, pod?: object): Inputs {
  return { kind: "Deployment", spec: { template: { spec: podOf(container, pod) } } };
}

export function collector(spec: object): Inputs {
  return { kind: "OpenTelemetryCollector", spec: { image: "collector:1.0.0", resources, ...spec } };
}

export const prometheus = (spec: object): Inputs => ({
  kind: "Prometheus",
  spec: { image: "p:v3.0.0", resources, ...spec },
});
export const jaeger = (allInOne: object): Inputs => ({
  kind: "Jaeger",
  spec: { allInOne: { image: "jaeger:1.0.0", resources, ...allInOne } },
});
export const grafana = (pod: object): Inputs => ({
  kind: "Grafana",
  spec: { deployment: { spec: { template: { spec: { containers: [{ name: "grafana", resources }], ...pod } } } } },
});
export const grafanaContainer = (container: object) =>
  grafana({ containers: [{ name: "grafana", resources, ...container }] });

/** What makes the rows of one policy. */
export const row =
  (policy: string) =>
  (bad: Inputs, good: Inputs, ...says: string[]): Row => ({ policy, bad, good, says });
