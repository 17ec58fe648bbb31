import type { Check } from "./check.ts";
import { containersOf, type Field, fieldsOf, type KubernetesObject, podOf } from "./kubernetesObject.ts";

/** Fields that give a pod or a container more than its own, wherever an object has them, and the values that do. */
const privileges: Readonly<Record<string, (value: unknown) => boolean>> = {
  allowPrivilegeEscalation: isTrue,
  hostIPC: isTrue,
  hostNetwork: isTrue,
  hostPID: isTrue,
  hostPath: isSet,
  hostPort: (value) => typeof value === "number" && value > 0,
  hostProcess: isTrue,
  privileged: isTrue,
  procMount: (value) => value === "Unmasked",
  runAsNonRoot: (value) => value === false,
  runAsUser: (value) => value === 0,
};

/** The one capability that Kubernetes' restricted level lets a container have: to listen on a port below 1024. */
const harmlessCapability = "NET_BIND_SERVICE";

/**
 * Where such a field is none of an object's own pod, or a decision: a program's configuration and a CRD's schema have
 * fields of these names that mean something else.
 */
const exempt: Readonly<Record<string, readonly string[]>> = {
  ConfigMap: ["data"],
  CustomResourceDefinition: ["spec"],
  // The agent for Go sees another program's calls only as root with the node's rights: pods get it by the setting
  // `instrumentation.goInjection` and an annotation of their own.
  Instrumentation: ["spec.go.securityContext"],
  OpenTelemetryCollector: ["spec.config"],
  Secret: ["data", "stringData"],
};

/**
 * Fields of a single object that are a decision, by its kind, namespace and name. The files of a node's pods are root's, and for nobody else;
 * the agent mounts them without the right to write, and one folder of its own. It has no capability.
 */
const decided: Readonly<Record<string, readonly string[]>> = {
  "OpenTelemetryCollector observability-node-agents/logs": [
    "spec.podSecurityContext.runAsUser",
    "spec.volumes[0].hostPath",
    "spec.volumes[1].hostPath",
  ],
};

/** Nothing of ours needs root, the host, or more rights than it started with: in pods and in what operators make pods from. */
export const podsAreUnprivileged: Check = (object) => [...privilegesOf(object), ...silentOn(object)];

function privilegesOf(object: KubernetesObject): string[] {
  const { name = "", namespace = "" } = object.metadata ?? {};
  const allowed = [...(exempt[object.kind] ?? []), ...(decided[`${object.kind} ${namespace}/${name}`] ?? [])];
  return fieldsOf(object, allowed).flatMap((field) => {
    if (privileges[field.name]?.(field.value)) return [`${field.path} is ${JSON.stringify(field.value)}`];
    if (field.name === "capabilities") return addedCapabilities(field);
    return ["seccompProfile", "appArmorProfile"].includes(field.name) &&
      (field.value as { type?: unknown } | null)?.type === "Unconfined"
      ? [`${field.path} is Unconfined`]
      : [];
  });
}

function addedCapabilities({ path, value }: Field): string[] {
  const added = (value as { add?: unknown } | null)?.add;
  return Array.isArray(added)
    ? added.filter((each) => each !== harmlessCapability).map((each) => `${path} adds ${String(each)}`)
    : [];
}

/** What a workload's own pod must say: Kubernetes lets it escalate and be root unless it does. */
function silentOn(object: KubernetesObject): string[] {
  const pod = podOf(object);
  return containersOf(object).flatMap(({ name = "", securityContext: own }) => [
    ...(own?.allowPrivilegeEscalation === undefined
      ? [`container ${name} does not set allowPrivilegeEscalation to false`]
      : []),
    ...((own?.runAsNonRoot ?? pod?.securityContext?.runAsNonRoot) === undefined
      ? [`container ${name} does not set runAsNonRoot`]
      : []),
  ]);
}

function isTrue(value: unknown): boolean {
  return value === true;
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}
