import {
  containersOf,
  environmentsOf,
  imagesOf,
  type KubernetesObject,
  operatedContainersOf,
  podOf,
} from "./kubernetesObject.ts";

/** A check looks at one object and gives what is wrong with it, in words that name the place. */
export type Check = (object: KubernetesObject) => string[];

/** A tag or a digest, and not `latest`: what runs tomorrow is what was reviewed today. */
export const imagesArePinned: Check = (object) =>
  imagesOf(object)
    .filter((image) => !/@sha256:[0-9a-f]{64}$/.test(image) && !/:(?!latest$)[\w.-]+$/.test(image))
    .map((image) => `image ${image} has no fixed tag or digest`);

/** A container without them can take the node's memory, or be scheduled where there is none. */
export const containersHaveResources: Check = (object) =>
  [...containersOf(object), ...operatedContainersOf(object)].flatMap(({ name = "", resources }) => [
    ...["cpu", "memory"]
      .filter((unit) => resources?.requests?.[unit] === undefined)
      .map((unit) => `container ${name} requests no ${unit}`),
    ...(resources?.limits?.["memory"] === undefined ? [`container ${name} has no memory limit`] : []),
  ]);

/** Nothing of ours needs root, the host, or more rights than it started with. */
export const podsAreUnprivileged: Check = (object) => {
  const pod = podOf(object);
  if (!pod) return [];
  const onHost = (["hostNetwork", "hostPID"] as const).filter((field) => pod[field] === true);
  return [
    ...onHost.map((field) => `the pod sets ${field}`),
    ...containersOf(object).flatMap(({ name = "", securityContext: own }) => [
      ...(own?.privileged === true ? [`container ${name} is privileged`] : []),
      ...(own?.allowPrivilegeEscalation === false ? [] : [`container ${name} may escalate its privileges`]),
      ...((own?.runAsNonRoot ?? pod.securityContext?.runAsNonRoot) === true
        ? []
        : [`container ${name} may run as root`]),
    ]),
  ];
};

/** A workload that serves says when it can, and when it no longer does. */
export const workloadsHaveProbes: Check = (object) =>
  ["Deployment", "StatefulSet", "DaemonSet"].includes(object.kind)
    ? (podOf(object)?.containers ?? []).flatMap((container) =>
        (["readinessProbe", "livenessProbe"] as const)
          .filter((probe) => container[probe] === undefined)
          .map((probe) => `container ${container.name ?? ""} has no ${probe}`),
      )
    : [];

/** Anybody who may read a Deployment, or what an operator makes one from, reads its environment. */
export const environmentHoldsNoSecret: Check = (object) =>
  environmentsOf(object).flatMap(({ owner, env }) =>
    env
      .filter(
        (variable) => variable.value !== undefined && /PASSWORD|SECRET|TOKEN|CREDENTIAL|API_?KEY/i.test(variable.name),
      )
      .map((variable) => `container ${owner} holds ${variable.name} as plain text: refer to a Secret`),
  );

/** A wildcard grants what does not exist yet. */
export const rolesHaveNoWildcard: Check = ({ kind, rules = [] }) =>
  kind === "Role" || kind === "ClusterRole"
    ? rules.flatMap((rule) =>
        Object.entries(rule)
          .filter(([, values]) => values?.includes("*"))
          .map(([field]) => `a rule grants * in ${field}`),
      )
    : [];
