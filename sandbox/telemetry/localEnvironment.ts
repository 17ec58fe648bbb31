import { plainUrl } from "./collectorConfig.ts";
import { injectedEnvironment, loaderVariable, resolveEnvironment } from "./injection.ts";
import type { DeploymentSpec, InjectedLanguage, Injection, LiveObject } from "./liveObjects.ts";
import { hostMappings, type LocalPorts, mapHosts } from "./loopback.ts";

/** An API whose container's environment is wanted on this machine. */
export interface LocalEnvironmentInputs<Language extends InjectedLanguage> {
  language: Language;
  instrumentation: LiveObject<Injection<Language>>;
  deployment: LiveObject<DeploymentSpec>;
  ports: LocalPorts;
  /** What stands for a folder of the container on this machine, by its path there. */
  places: Readonly<Record<string, string>>;
}

/**
 * The environment of an API on this machine: what its container has after the injection, with in-cluster hosts and the
 * folders of what it loads mapped.
 *
 * @throws UserError for a value that is not to be had here, such as one from a Secret.
 */
export function localEnvironment<Language extends InjectedLanguage>({
  language,
  instrumentation,
  deployment,
  ports,
  places,
}: LocalEnvironmentInputs<Language>): Record<string, string> {
  const { name } = deployment.metadata;
  const environment = resolveEnvironment(injectedEnvironment(language, instrumentation, deployment, `${name}-local`), {
    podName: localPodName(name),
    nodeName: "local",
    podIP: "127.0.0.1",
    hostIP: "127.0.0.1",
  });
  const mappings = hostMappings(ports);
  const loader = loaderVariable(language);
  const mapped = Object.entries(environment)
    // On loopback nothing is encrypted.
    .filter(([key]) => key !== "OTEL_EXPORTER_OTLP_CERTIFICATE")
    .map(([key, value]) => {
      const text = key === loader ? placed(value, places, language) : plainUrl(value);
      return [key, mapHosts(text, mappings, `environment variable ${key}`)];
    });
  return Object.fromEntries(mapped) as Record<string, string>;
}

/** Puts folders of this machine in the place of those in a container. */
function placed(value: string, places: Readonly<Record<string, string>>, language: InjectedLanguage): string {
  const words = value.split(/([\s:=])/).map((word) => {
    const folder = Object.keys(places).find((known) => word === known || word.startsWith(`${known}/`));
    if (folder === undefined) return word;
    const local = `${places[folder] ?? ""}${word.slice(folder.length)}`;
    // Node takes NODE_OPTIONS apart at spaces.
    return language === "nodejs" ? JSON.stringify(local) : local;
  });
  return words.join("");
}

/** What stands for the pod of a Deployment on this machine. */
export function localPodName(deployment: string): string {
  return `${deployment}-local-0`;
}
