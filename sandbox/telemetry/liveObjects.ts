import type { EnvVar } from "../../components/customResources/common.ts";
import type {
  InstrumentationSpec,
  OpenTelemetryCollectorSpec,
} from "../../components/customResources/openTelemetry.ts";
import type { PrometheusSpec } from "../../components/customResources/prometheus.ts";
import { apiVersions } from "../../components/customResources/customResource.ts";
import { namespaces, resources } from "../../components/names.ts";
import { UserError } from "../errors.ts";
import type { KubeClient } from "../kube/client.ts";

/** An object of the cluster, as far as its kind's fields matter here. */
export interface LiveObject<Spec> {
  metadata: { name: string; namespace: string };
  spec: Spec;
}

/** The container of a pod, as far as injection looks at it. */
export interface LiveContainer {
  name: string;
  image: string;
  env?: EnvVar[];
}

/** What a Deployment's pods are made from. */
export interface DeploymentSpec {
  template: { metadata: { annotations?: Record<string, string> }; spec: { containers: LiveContainer[] } };
}

/** `spec` of an Instrumentation, as far as Python is concerned. */
export type PythonInjection = Pick<InstrumentationSpec, "exporter" | "propagators" | "sampler" | "python">;

/** `spec` of a PrometheusRule: it has the shape of a rule file. */
export interface PrometheusRuleSpec {
  groups: Record<string, unknown>[];
}

/** The objects that the stack made and that the local programs are configured from. */
export interface LiveObjects {
  collector: LiveObject<OpenTelemetryCollectorSpec>;
  jaeger: LiveObject<OpenTelemetryCollectorSpec>;
  prometheus: LiveObject<PrometheusSpec>;
  rules: LiveObject<PrometheusRuleSpec>[];
  instrumentation: LiveObject<PythonInjection>;
  deployment: LiveObject<DeploymentSpec>;
}

/**
 * Reads the objects from the cluster.
 *
 * @throws UserError when one is missing; the message says what to do.
 */
export async function readLiveObjects(client: Pick<KubeClient, "get" | "list">): Promise<LiveObjects> {
  const find = async <Spec>(apiVersion: string, kind: string, name: string, namespace: string, hint: string) => {
    const object = await client.get({ apiVersion, kind, name, namespace });
    if (object === undefined) throw new UserError(`the cluster has no ${kind} "${namespace}/${name}": ${hint}`);
    return object as unknown as LiveObject<Spec>;
  };
  const observability = namespaces.observability;
  const up = 'run "npm run sandbox -- up" first';
  const collector = apiVersions.OpenTelemetryCollector;
  return {
    collector: await find(collector, "OpenTelemetryCollector", resources.collector, observability, up),
    jaeger: await find(
      collector,
      "OpenTelemetryCollector",
      resources.jaeger,
      observability,
      'local telemetry needs Jaeger v2: run "up" with the settings jaegerEngine "v2" and parts.jaeger true',
    ),
    prometheus: await find(apiVersions.Prometheus, "Prometheus", resources.prometheus, observability, up),
    rules: (await client.list(apiVersions.Prometheus, "PrometheusRule")) as unknown as LiveObject<PrometheusRuleSpec>[],
    instrumentation: await find(
      apiVersions.Instrumentation,
      "Instrumentation",
      resources.instrumentation,
      observability,
      up,
    ),
    deployment: await find(
      "apps/v1",
      "Deployment",
      resources.sampleApi,
      namespaces.sampleApi,
      'local telemetry runs the sample API: run "up" with the setting parts.sampleApi true',
    ),
  };
}
