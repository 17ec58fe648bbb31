import type { EnvVar } from "../../components/customResources/common.ts";
import { UserError } from "../../cli/errors.ts";
import type { DeploymentSpec, InjectedLanguage, Injection, LiveContainer, LiveObject } from "./liveObjects.ts";

/**
 * Where the operator's init container puts the packages of a language.
 *
 * @param container name of the container: each has a folder of its own for Java
 */
export function packagesMountPath(language: InjectedLanguage, container: string): string {
  const path = `/otel-auto-instrumentation-${language}`;
  return language === "java" ? `${path}-${container}` : path;
}

/** The variable by which a language's runtime loads the packages. */
export function loaderVariable(language: InjectedLanguage): string {
  return languages[language].loader;
}

/** What only a running pod knows. */
export interface PodFacts {
  podName: string;
  nodeName: string;
  podIP: string;
  hostIP: string;
}

/** An environment variable of a pod: `EnvVar` and what the operator adds, a field of the pod itself. */
export interface PodVariable extends Omit<EnvVar, "valueFrom"> {
  valueFrom?: EnvVar["valueFrom"] & { fieldRef?: { apiVersion: "v1"; fieldPath: string } };
}

/** What the operator sets for one language only. */
interface LanguageVariables {
  /** The variable that makes the runtime load the packages: the operator adds to what the container has in it. */
  loader: string;
  /**
   * @param packages folder of the packages
   * @param theirs what the container has in the loader variable
   */
  variables: (packages: string, theirs: string | undefined) => PodVariable[];
}

const languages: Readonly<Record<InjectedLanguage, LanguageVariables>> = {
  python: {
    loader: "PYTHONPATH",
    variables: (packages, theirs) => [
      { name: "PYTHONPATH", value: pythonPath(packages, theirs) },
      { name: "OTEL_EXPORTER_OTLP_PROTOCOL", value: "http/protobuf" },
      { name: "OTEL_TRACES_EXPORTER", value: "otlp" },
      { name: "OTEL_METRICS_EXPORTER", value: "otlp" },
      { name: "OTEL_LOGS_EXPORTER", value: "otlp" },
    ],
  },
  nodejs: {
    loader: "NODE_OPTIONS",
    variables: (packages, theirs = "") => [
      { name: "NODE_OPTIONS", value: `${theirs} --require ${packages}/autoinstrumentation.js` },
    ],
  },
  java: {
    loader: "JAVA_TOOL_OPTIONS",
    variables: (packages, theirs = "") => [
      { name: "JAVA_TOOL_OPTIONS", value: `${theirs} -javaagent:${packages}/javaagent.jar` },
    ],
  },
};

/**
 * The environment of the first container after the OpenTelemetry operator's pod webhook has injected the instrumentation
 * of a language, in the operator's order. What the container sets itself is kept.
 *
 * @param replicaSet name of the ReplicaSet that owns the pod
 * @throws UserError when the Deployment does not ask for this Instrumentation, or asks in a way that is not known here.
 */
export function injectedEnvironment<Language extends InjectedLanguage>(
  language: Language,
  instrumentation: LiveObject<Injection<Language>>,
  deployment: LiveObject<DeploymentSpec>,
  replicaSet: string,
): PodVariable[] {
  checkAnnotation(language, instrumentation.metadata, deployment);
  const container = firstContainer(deployment);
  const { spec } = instrumentation;
  const own = container.env ?? [];
  const { loader, variables } = languages[language];
  const injected: PodVariable[] = [
    fieldReference("OTEL_NODE_IP", "status.hostIP"),
    fieldReference("OTEL_POD_IP", "status.podIP"),
    ...spec[language].env,
    ...variables(packagesMountPath(language, container.name), own.find(({ name }) => name === loader)?.value),
    { name: "OTEL_SERVICE_NAME", value: deployment.metadata.name },
    { name: "OTEL_EXPORTER_OTLP_ENDPOINT", value: spec.exporter.endpoint },
    ...certificate(spec.exporter.tls),
    fieldReference("OTEL_RESOURCE_ATTRIBUTES_POD_NAME", "metadata.name"),
    fieldReference("OTEL_RESOURCE_ATTRIBUTES_NODE_NAME", "spec.nodeName"),
    { name: "OTEL_PROPAGATORS", value: spec.propagators.join(",") },
    { name: "OTEL_TRACES_SAMPLER", value: spec.sampler.type },
    { name: "OTEL_TRACES_SAMPLER_ARG", value: spec.sampler.argument },
    { name: "OTEL_RESOURCE_ATTRIBUTES", value: resourceAttributes(deployment, container, replicaSet) },
  ];
  // The first of a name wins: the container's own, then the Instrumentation's, then the operator's default.
  const merged = new Map<string, PodVariable>();
  for (const variable of [...own.filter(({ name }) => name !== loader), ...injected]) {
    if (!merged.has(variable.name)) merged.set(variable.name, variable);
  }
  return [...merged.values()];
}

/**
 * The values that a process in the pod sees.
 *
 * @param environment in its order: `$(NAME)` refers to a variable before it
 * @throws UserError for a variable whose value is in a Secret or ConfigMap: none is read for a local program.
 */
export function resolveEnvironment(environment: PodVariable[], pod: PodFacts): Record<string, string> {
  const fields: Record<string, string> = {
    "metadata.name": pod.podName,
    "spec.nodeName": pod.nodeName,
    "status.podIP": pod.podIP,
    "status.hostIP": pod.hostIP,
  };
  const values: Record<string, string> = {};
  for (const { name, value, valueFrom } of environment) {
    const text = valueFrom === undefined ? (value ?? "") : fields[valueFrom.fieldRef?.fieldPath ?? ""];
    if (text === undefined) {
      throw new UserError(
        `environment variable ${name}: ${JSON.stringify(valueFrom)} is not to be had on this machine`,
      );
    }
    // As in Kubernetes: a reference to what is not set stays as it is.
    values[name] = text.replaceAll(/\$\(([A-Za-z_][\w.-]*)\)/g, (all, key: string) => values[key] ?? all);
  }
  return values;
}

/** The container that is instrumented: without an annotation that names others, the first. */
export function firstContainer(deployment: LiveObject<DeploymentSpec>): LiveContainer {
  const [container] = deployment.spec.template.spec.containers;
  if (container === undefined) throw new UserError(`Deployment "${deployment.metadata.name}" has no container`);
  return container;
}

function checkAnnotation(
  language: InjectedLanguage,
  { name, namespace }: LiveObject<unknown>["metadata"],
  deployment: LiveObject<DeploymentSpec>,
): void {
  const annotation = `instrumentation.opentelemetry.io/inject-${language}`;
  const wanted = deployment.spec.template.metadata.annotations?.[annotation];
  const expected = `${namespace}/${name}`;
  if (wanted === expected) return;
  throw new UserError(
    `Deployment "${deployment.metadata.namespace}/${deployment.metadata.name}": annotation ${annotation} is ` +
      `"${wanted ?? ""}", the operator would inject nothing of Instrumentation "${expected}"`,
  );
}

function fieldReference(name: string, fieldPath: string): PodVariable {
  return { name, valueFrom: { fieldRef: { apiVersion: "v1", fieldPath } } };
}

/** Where the operator mounts the Secret with the CA. */
function certificate(tls: Injection["exporter"]["tls"]): PodVariable[] {
  if (tls === undefined) return [];
  const value = `/otel-auto-instrumentation-secret-${tls.secretName}/${tls.ca_file}`;
  return [{ name: "OTEL_EXPORTER_OTLP_CERTIFICATE", value }];
}

/** The auto-instrumentation's own folder first: Python runs the `sitecustomize` that it finds first. */
function pythonPath(packages: string, theirs: string | undefined): string {
  const start = `${packages}/opentelemetry/instrumentation/auto_instrumentation`;
  return [start, ...(theirs === undefined ? [] : [theirs]), packages].join(":");
}

function resourceAttributes(
  deployment: LiveObject<DeploymentSpec>,
  container: LiveContainer,
  replicaSet: string,
): string {
  const { name, namespace } = deployment.metadata;
  const version = imageVersion(container.image);
  const podName = "$(OTEL_RESOURCE_ATTRIBUTES_POD_NAME)";
  return Object.entries({
    "k8s.container.name": container.name,
    "k8s.deployment.name": name,
    "k8s.namespace.name": namespace,
    "k8s.node.name": "$(OTEL_RESOURCE_ATTRIBUTES_NODE_NAME)",
    "k8s.pod.name": podName,
    "k8s.replicaset.name": replicaSet,
    "service.instance.id": `${namespace}.${podName}.${container.name}`,
    "service.namespace": namespace,
    ...(version === undefined ? {} : { "service.version": version }),
  })
    .map(([key, value]) => `${key}=${value}`)
    .join(",");
}

/** The tag and digest of an image reference; undefined when it has neither. */
function imageVersion(image: string): string | undefined {
  const [reference = "", digest] = image.split("@");
  // A colon before the last slash is a registry's port.
  const tag = /:([^:/]+)$/.exec(reference)?.[1];
  return [tag, digest].filter((part) => part !== undefined).join("@") || undefined;
}
