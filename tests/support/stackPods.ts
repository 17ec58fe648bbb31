import type { ResourceRequirements } from "../../catalog/containerResources.ts";
import type { GrafanaSpec } from "../../components/customResources/grafana.ts";
import type { JaegerSpec } from "../../components/customResources/jaeger.ts";
import type { OpenTelemetryCollectorSpec } from "../../components/customResources/openTelemetry.ts";
import type { AlertmanagerSpec, PrometheusSpec } from "../../components/customResources/prometheus.ts";
import { valuesAt } from "../../artifacts/manifests/objectPath.ts";
import { podPath } from "../../artifacts/manifests/podTemplates.ts";
import type { ProgramRun } from "../../review/program/program.ts";
import type { ReleaseObjects } from "./releaseObjects.ts";

/** A container as far as tests look at it. */
export interface PodContainer {
  readonly name: string;
  readonly image: string;
  readonly securityContext?: object;
  readonly resources?: ResourceRequirements;
}

/** A pod of a stack, from whatever makes it. */
export interface StackPod {
  /** Of what makes it. */
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** How many there are; a Job's end after their work. */
  readonly replicas: number | "each node" | "until done";
  /** Sizes of the volumes that each of them claims, such as `10Gi`. */
  readonly claims: readonly string[];
  readonly spec: {
    readonly securityContext?: object;
    readonly initContainers?: readonly PodContainer[];
    readonly containers: readonly PodContainer[];
    readonly volumes?: readonly object[];
  };
}

/** What an operator decides of a pod. */
type MadePod = Pick<StackPod, "labels" | "spec">;

/** A custom resource, and the pod that its operator makes of it. */
type MakePod = (name: string, namespace: string, spec: never) => MadePod;

/** As the operators give their containers in what was recorded of them. */
const operatorsOwn = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ["ALL"] },
  readOnlyRootFilesystem: true,
};

/** The Prometheus operator's containers beside a program; it says nothing of their resources in a custom resource. */
function reloader(name: string): PodContainer {
  const resources = { cpu: "10m", memory: "50Mi" };
  return {
    name,
    image: "quay.io/prometheus-operator/prometheus-config-reloader:v0.93.0",
    securityContext: operatorsOwn,
    resources: { requests: resources, limits: resources },
  };
}

/** What the operators make of our custom resources: labels, names and contexts as in a recording of the real ones. */
const makers: Readonly<Record<string, MakePod>> = {
  OpenTelemetryCollector: (name, namespace, spec: OpenTelemetryCollectorSpec) => ({
    labels: {
      "app.kubernetes.io/component": "opentelemetry-collector",
      "app.kubernetes.io/instance": `${namespace}.${name}`,
      "app.kubernetes.io/managed-by": "opentelemetry-operator",
      "app.kubernetes.io/name": `${name}-collector`,
      "app.kubernetes.io/part-of": "opentelemetry",
    },
    spec: {
      ...(spec.podSecurityContext ? { securityContext: spec.podSecurityContext } : {}),
      containers: [
        {
          name: "otc-container",
          image: spec.image,
          resources: spec.resources,
          ...(spec.securityContext ? { securityContext: spec.securityContext } : {}),
        },
      ],
    },
  }),
  Jaeger: (name, _namespace, { allInOne }: JaegerSpec) => ({
    labels: {
      app: "jaeger",
      "app.kubernetes.io/component": "all-in-one",
      "app.kubernetes.io/instance": name,
      "app.kubernetes.io/managed-by": "jaeger-operator",
      "app.kubernetes.io/name": name,
      "app.kubernetes.io/part-of": "jaeger",
    },
    spec: {
      securityContext: allInOne.securityContext,
      containers: [
        {
          name: "jaeger",
          image: allInOne.image,
          resources: allInOne.resources,
          securityContext: allInOne.containerSecurityContext,
        },
      ],
    },
  }),
  Prometheus: (name, _namespace, spec: PrometheusSpec) => monitoring("prometheus", name, spec),
  Alertmanager: (name, _namespace, spec: AlertmanagerSpec) => monitoring("alertmanager", name, spec),
  Grafana: (name, _namespace, { deployment }: GrafanaSpec) => {
    const pod = deployment.spec.template.spec;
    return {
      labels: { app: name },
      spec: {
        securityContext: { seccompProfile: { type: "RuntimeDefault" }, ...pod.securityContext },
        ...(pod.initContainers === undefined ? {} : { initContainers: pod.initContainers }),
        volumes: pod.volumes,
        containers: pod.containers.map(({ name: container, resources }) => ({
          name: container,
          image: "docker.io/grafana/grafana:0",
          resources,
          securityContext: {
            ...operatorsOwn,
            privileged: false,
            runAsGroup: 10001,
            runAsNonRoot: true,
            runAsUser: 10001,
          },
        })),
      },
    };
  },
};

function monitoring(program: string, name: string, spec: PrometheusSpec | AlertmanagerSpec): MadePod {
  const { image, resources, securityContext } = spec;
  return {
    labels: {
      "app.kubernetes.io/instance": name,
      "app.kubernetes.io/managed-by": "prometheus-operator",
      "app.kubernetes.io/name": program,
    },
    spec: {
      securityContext,
      initContainers: [reloader("init-config-reloader")],
      containers: [{ name: program, image, resources, securityContext: operatorsOwn }, reloader("config-reloader")],
    },
  };
}

/** As the controllers count: one where nothing is said. */
function replicasOf(object: Workload): StackPod["replicas"] {
  const { kind } = object;
  if (kind === "Job") return "until done";
  if (kind === "DaemonSet" || valuesAt(object, ["spec", "mode"])[0] === "daemonset") return "each node";
  const path = kind === "Grafana" ? ["spec", "deployment", "spec"] : ["spec"];
  const [replicas = 1] = valuesAt(object, [...path, "replicas"]) as number[];
  const [shards = 1] = valuesAt(object, ["spec", "shards"]) as number[];
  return replicas * shards;
}

/** Every claim in an object, wherever its kind has them. */
function claimsIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return [
    ...(valuesAt(value, ["requests", "storage"]) as string[]),
    ...Object.values(value as Record<string, unknown>).flatMap(claimsIn),
  ];
}

/** An object as tests find it in a run or a release. */
interface Workload {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec: never;
}

/**
 * Every pod of a stack: of its own workloads and custom resources, and of the operators' releases.
 *
 * @param releases what the operators' releases hold
 */
export function stackPods({ registered }: ProgramRun, releases: readonly ReleaseObjects[]): StackPod[] {
  const own = registered.map(({ inputs }) => inputs as unknown as Workload);
  const held = releases.flatMap(({ namespace, objects }) =>
    objects.map((object) => ({ ...object, metadata: { namespace, ...object.metadata } }) as unknown as Workload),
  );
  return [...own, ...held].flatMap((object) => {
    const { kind, metadata, spec } = object;
    const { name = "", namespace = "default" } = (metadata as Workload["metadata"] | undefined) ?? {};
    const make = makers[kind];
    const ofAll = { name, namespace, replicas: replicasOf(object), claims: claimsIn(spec) };
    if (make !== undefined) return [{ ...ofAll, ...make(name, namespace, spec) }];
    const path = podPath(kind);
    if (path === undefined) return [];
    const [found] = valuesAt(object, path) as StackPod["spec"][];
    const [labels = {}] = valuesAt(object, [...path.slice(0, -1), "metadata", "labels"]) as Record<string, string>[];
    // The controller gives each pod its claims.
    const claims = valuesAt(spec, ["volumeClaimTemplates", "*", "metadata", "name"]) as string[];
    const volumes = claims.map((claim) => ({ name: claim, persistentVolumeClaim: { claimName: claim } }));
    if (found === undefined) return [];
    const withClaims = { ...found, volumes: [...(found.volumes ?? []), ...volumes] };
    return [{ ...ofAll, labels, spec: withClaims }];
  });
}
