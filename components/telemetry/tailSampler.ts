import * as pulumi from "@pulumi/pulumi";
import { goMemoryLimit, resourceRequirements } from "../../catalog/containerResources.ts";
import { labels } from "../../catalog/labels.ts";
import { namespaces, resources } from "../../catalog/names.ts";
import { images, versions } from "../../catalog/versions.ts";
import type { Settings } from "../../settings/read.ts";
import { customResource } from "../customResources/customResource.ts";
import type { OpenTelemetryCollectorSpec } from "../customResources/openTelemetry.ts";
import { spread } from "../kubernetes/availability.ts";
import { containerSecurity, podSecurity } from "../kubernetes/podSecurity.ts";
import { tokenlessAccount } from "../kubernetes/tokenlessAccount.ts";
import { allWorkloads } from "../network/workloads.ts";
import { servedSecrets } from "../tls/certificates.ts";
import { tlsVolume } from "../tls/tlsFiles.ts";
import { tailSamplerConfig } from "./tailSamplerConfig.ts";
import { neededFirst, type OperatedOptions } from "../kubernetes/neededFirst.ts";

/** What TailSampler needs. */
export interface TailSamplerArgs {
  readonly settings: Pick<Settings, "collector" | "networkPolicies" | "parts" | "tls">;
  /** host:port of Jaeger's OTLP/gRPC receiver. */
  readonly jaegerEndpoint: string;
}

/** The second tier of collectors: the spans of a trace meet in one of its pods, which decides whether the trace is kept. */
export class TailSampler extends pulumi.ComponentResource {
  constructor(name: string, args: TailSamplerArgs, opts: OperatedOptions) {
    const { component, after } = neededFirst(opts);
    super("fluffy-observability:telemetry:TailSampler", name, {}, component);
    const namespace = namespaces.observability;
    const own = { name: resources.tailSampler, component: "collector" };
    const account = tokenlessAccount({ ...own, namespace }, { parent: this });
    customResource(
      "OpenTelemetryCollector",
      {
        ...{ name: resources.tailSampler, namespace, spec: tailSamplerSpec(args) },
        labels: labels({ ...own, version: versions.collector }),
      },
      { parent: this, dependsOn: after(account) },
    );
    this.registerOutputs({});
  }
}

/** The second tier of the stack, as a pure function of its settings. */
export function tailSamplerSpec({ settings, jaegerEndpoint }: TailSamplerArgs): OpenTelemetryCollectorSpec {
  const sampling = settings.collector.tailSampling;
  const { memoryLimit, replicas } = sampling;
  const { internal } = settings.tls;
  return {
    mode: "deployment",
    image: images.collector,
    replicas,
    serviceAccount: resources.tailSampler,
    resources: resourceRequirements({ cpu: "100m", memory: "256Mi", memoryLimit }),
    env: [goMemoryLimit(memoryLimit)],
    ...(replicas > 1 ? { podDisruptionBudget: { maxUnavailable: 1 } } : {}),
    ...spread({ pods: allWorkloads.tailSampler.labels, replicas }),
    podSecurityContext: podSecurity(10001),
    securityContext: containerSecurity,
    ...(internal ? tlsVolume(servedSecrets.tailSampler) : {}),
    ...(settings.networkPolicies.enabled ? { networkPolicy: { enabled: false } } : {}),
    // The stack has monitors of its own, see `collectorMonitors`.
    observability: { metrics: { enableMetrics: false } },
    config: tailSamplerConfig({
      ...{ sampling, jaegerEndpoint, receiverTls: internal },
      // One elsewhere takes what is sent without it.
      encrypted: internal && settings.parts.jaeger,
    }),
  };
}
