/** A container, with the fields that the policies look at. */
export interface Container {
  readonly name?: string;
  readonly image?: string;
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
  readonly resources?: {
    readonly requests?: Readonly<Record<string, string>>;
    readonly limits?: Readonly<Record<string, string>>;
  };
  readonly readinessProbe?: object;
  readonly livenessProbe?: object;
  readonly securityContext?: SecurityContext;
}

/** A security context of a pod or of a container. */
export interface SecurityContext {
  readonly allowPrivilegeEscalation?: boolean;
  readonly runAsNonRoot?: boolean;
}

/** A pod, with the fields that the policies look at. */
export interface PodSpec {
  readonly containers?: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly securityContext?: SecurityContext;
}

/** A rule of a role. */
export interface RoleRule {
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
  readonly verbs?: readonly string[];
}

/** An object of the Kubernetes API as a Pulumi program registers it. */
export interface KubernetesObject {
  readonly kind: string;
  readonly metadata?: { readonly name?: string; readonly namespace?: string };
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly rules?: readonly RoleRule[];
  readonly roleRef?: { readonly kind?: string; readonly name?: string };
  readonly subjects?: readonly { readonly kind?: string; readonly name: string }[];
}

/** A field of an object. */
export interface Field {
  /** Where it stands, such as `spec.volumes[0].hostPath`. */
  readonly path: string;
  /** The last part of the path without an index. */
  readonly name: string;
  readonly value: unknown;
}

/** Where an object of a kind describes the containers that an operator makes for it. */
const operatedContainers: Readonly<Record<string, (spec: Readonly<Record<string, unknown>>) => readonly unknown[]>> = {
  Alertmanager: (spec) => [spec],
  // Of one elsewhere it makes none.
  Grafana: (spec) =>
    spec["external"] === undefined
      ? ((valueAt(spec, "deployment", "spec", "template", "spec", "containers") ?? [{}]) as unknown[])
      : [],
  Jaeger: (spec) => [spec["allInOne"]],
  OpenTelemetryCollector: (spec) => [spec],
  Prometheus: (spec) => [spec],
};

function valueAt(held: unknown, ...path: string[]): unknown {
  return path.reduce((inner, name) => (inner as Readonly<Record<string, unknown>> | undefined)?.[name], held);
}

/** The containers that an operator makes for an object, as far as they are described; a nameless one by the object's kind. */
export function operatedContainersOf({ kind, spec = {} }: KubernetesObject): Pick<Container, "name" | "resources">[] {
  const described = (operatedContainers[kind]?.(spec) ?? []) as readonly (Container | undefined)[];
  return described.map((container) => ({ name: container?.name ?? kind, resources: container?.resources }));
}

/** The pod that a workload makes; undefined for an object that makes none. */
export function podOf({ kind, spec }: KubernetesObject): PodSpec | undefined {
  if (kind === "Pod") return spec;
  if (kind === "CronJob") return podOf({ ...(spec?.["jobTemplate"] as object | undefined), kind: "Job" });
  const template = spec?.["template"] as { spec?: PodSpec } | undefined;
  return ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job"].includes(kind) ? template?.spec : undefined;
}

/** All containers of a workload, those that run before the others included. */
export function containersOf(object: KubernetesObject): readonly Container[] {
  const pod = podOf(object);
  return [...(pod?.initContainers ?? []), ...(pod?.containers ?? [])];
}

/** Every value of a field named `image`: operators take images in their own objects. */
export function imagesOf(object: KubernetesObject): string[] {
  return holdersOf(object, "image").flatMap(({ image }) => (typeof image === "string" ? [image] : []));
}

/** Every environment with the name of what has it, the kind for a nameless one: operators take them in their own objects. */
export function environmentsOf(object: KubernetesObject): { owner: string; env: NonNullable<Container["env"]> }[] {
  return holdersOf(object, "env").flatMap(({ name, env }) =>
    Array.isArray(env)
      ? [{ owner: typeof name === "string" ? name : object.kind, env: env as NonNullable<Container["env"]> }]
      : [],
  );
}

/** Every field of an object, wherever it stands, without what is below the paths in `except`. */
export function fieldsOf(object: object, except: readonly string[] = []): Field[] {
  const field = (path: string, name: string, value: unknown): Field[] =>
    except.includes(path) ? [] : [{ path, name, value }, ...below(path, name, value)];
  const below = (path: string, name: string, value: unknown): Field[] => {
    if (Array.isArray(value)) return value.flatMap((each, index) => field(`${path}[${String(index)}]`, name, each));
    if (typeof value !== "object" || value === null) return [];
    return Object.entries(value).flatMap(([key, held]) => field(path === "" ? key : `${path}.${key}`, key, held));
  };
  return below("", "", object);
}

/** Everything that has a field of that name, wherever it stands. */
function holdersOf(value: unknown, field: string): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap((inner) => holdersOf(inner, field));
  if (typeof value !== "object" || value === null) return [];
  const inner = Object.values(value).flatMap((held) => holdersOf(held, field));
  return field in value ? [value as Record<string, unknown>, ...inner] : inner;
}
