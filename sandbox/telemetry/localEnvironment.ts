import { injectedEnvironment, packagesMountPath, resolveEnvironment } from "./injection.ts";
import type { DeploymentSpec, InjectedLanguage, Injection, LiveObject } from "./liveObjects.ts";
import { hostMappings, type LocalPorts, mapHosts } from "./loopback.ts";

/**
 * The environment of an API on this machine: what its container has after the injection, with in-cluster hosts and the
 * folder of the packages mapped.
 *
 * @param packages folder on this machine of what the operator's init container would copy
 * @throws UserError for a value that is not to be had here, such as one from a Secret.
 */
export function localEnvironment<Language extends InjectedLanguage>(
  language: Language,
  instrumentation: LiveObject<Injection<Language>>,
  deployment: LiveObject<DeploymentSpec>,
  local: LocalPorts,
  packages: string,
): Record<string, string> {
  const { name } = deployment.metadata;
  const environment = resolveEnvironment(injectedEnvironment(language, instrumentation, deployment, `${name}-local`), {
    podName: localPodName(name),
    nodeName: "local",
    podIP: "127.0.0.1",
    hostIP: "127.0.0.1",
  });
  const mappings = hostMappings(local);
  const mapped = Object.entries(environment).map(([key, value]) => [
    key,
    withPackages(key, mapHosts(value, mappings, `environment variable ${key}`), packagesMountPath(language), packages),
  ]);
  return Object.fromEntries(mapped) as Record<string, string>;
}

/** Puts the folder of the injected packages in the place of the one in a pod; Node takes words of NODE_OPTIONS apart at spaces. */
function withPackages(key: string, value: string, mountPath: string, packages: string): string {
  const placed = (text: string) => text.replaceAll(mountPath, () => packages);
  if (key !== "NODE_OPTIONS") return placed(value);
  return value
    .split(" ")
    .map((word) => (word.includes(mountPath) ? JSON.stringify(placed(word)) : word))
    .join(" ");
}

/** What stands for the pod of a Deployment on this machine. */
export function localPodName(deployment: string): string {
  return `${deployment}-local-0`;
}
