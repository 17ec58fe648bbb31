import type { Check } from "./check.ts";
import { containersOf, environmentsOf, imagesOf, operatedContainersOf, podOf } from "./kubernetesObject.ts";

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

/** A workload that serves says when it can, and when it no longer does. */
export const workloadsHaveProbes: Check = (object) =>
  ["Deployment", "StatefulSet", "DaemonSet"].includes(object.kind)
    ? (podOf(object)?.containers ?? []).flatMap((container) =>
        (["readinessProbe", "livenessProbe"] as const)
          .filter((probe) => container[probe] === undefined)
          .map((probe) => `container ${container.name ?? ""} has no ${probe}`),
      )
    : [];

/** Where a secret stands, such as a key in a mounted Secret. */
const namesFile = (name: string, value: string): boolean =>
  /_(FILE|PATH)$|^GOOGLE_APPLICATION_CREDENTIALS$/i.test(name) && value.startsWith("/");

/** Anybody who may read a Deployment, or what an operator makes one from, reads its environment. */
export const environmentHoldsNoSecret: Check = (object) =>
  environmentsOf(object).flatMap(({ owner, env }) =>
    env
      .filter(
        ({ name, value }) =>
          value !== undefined && !namesFile(name, value) && /PASSWO?R?D|SECRET|TOKEN|CREDENTIAL|API_?KEY/i.test(name),
      )
      .map((variable) => `container ${owner} holds ${variable.name} as plain text: refer to a Secret`),
  );
