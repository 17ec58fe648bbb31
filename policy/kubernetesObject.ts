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
  readonly privileged?: boolean;
  readonly allowPrivilegeEscalation?: boolean;
  readonly runAsNonRoot?: boolean;
}

/** A pod, with the fields that the policies look at. */
export interface PodSpec {
  readonly containers?: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly securityContext?: SecurityContext;
  readonly hostNetwork?: boolean;
  readonly hostPID?: boolean;
}

/** An object of the Kubernetes API as a Pulumi program registers it. */
export interface KubernetesObject {
  readonly kind: string;
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly rules?: readonly Readonly<Record<string, readonly string[] | undefined>>[];
}

/** The pod that a workload makes; undefined for an object that makes none. */
export function podOf({ kind, spec }: KubernetesObject): PodSpec | undefined {
  if (kind === "Pod") return spec;
  const template = spec?.["template"] as { spec?: PodSpec } | undefined;
  return ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job"].includes(kind) ? template?.spec : undefined;
}

/** All containers of a workload, those that run before the others included. */
export function containersOf(object: KubernetesObject): readonly Container[] {
  const pod = podOf(object);
  return [...(pod?.initContainers ?? []), ...(pod?.containers ?? [])];
}

/** Every value of a field named `image`, wherever it stands: operators take images in their own objects. */
export function imagesOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(imagesOf);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === "image" && typeof inner === "string" ? [inner] : imagesOf(inner),
  );
}
