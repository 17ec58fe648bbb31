import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { resourceRequirements } from "../../catalog/containerResources.ts";
import { customResource } from "../customResources/customResource.ts";
import type { InstrumentationSpec } from "../customResources/openTelemetry.ts";
import { labels } from "../../catalog/labels.ts";
import { namespaces, resources } from "../../catalog/names.ts";
import type { Settings } from "../../settings/read.ts";
import { instrumentationImages, versions } from "../../catalog/versions.ts";
import { withRegistry } from "../kubernetes/siteImages.ts";
import { pythonExcludedUrls } from "./ignoredPaths.ts";

/** What Instrumentation needs. */
export interface InstrumentationArgs {
  readonly settings: Settings["instrumentation"];
  /** URL of the collector's OTLP/HTTP receiver. */
  readonly collectorEndpoint: string;
  /** Applications check its certificate by the CA in a Secret of their namespace. @default false */
  readonly encrypted?: boolean;
  /** Where the injected images are pulled from instead of upstream. */
  readonly registry: Settings["images"]["registry"];
}

/** What the OpenTelemetry operator injects into pods that ask for it by annotation. */
export class Instrumentation extends pulumi.ComponentResource {
  /** Changes with the spec: in a pod template it makes the pods new, and only a new pod is injected. */
  readonly specHash: string;

  constructor(name: string, args: InstrumentationArgs, opts: pulumi.ComponentResourceOptions) {
    super("fluffy-observability:telemetry:Instrumentation", name, {}, opts);
    const spec = instrumentationSpec(args);
    // As it is pulled: a pod that waits for an image of upstream is made anew when a registry is set.
    this.specHash = specHash(withRegistry(spec, args.registry));
    customResource(
      "Instrumentation",
      {
        name: resources.instrumentation,
        namespace: namespaces.observability,
        labels: labels({
          name: resources.instrumentation,
          component: "instrumentation",
          version: versions.pythonAutoInstrumentation,
        }),
        // A newer operator puts its own images in the place of those that were its defaults, and owns the fields then.
        annotations: { "pulumi.com/patchForce": "true" },
        spec,
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}

/** The Instrumentation of the stack, as a pure function of its settings: one object for all languages. */
export function instrumentationSpec({
  settings,
  collectorEndpoint,
  encrypted = false,
}: Omit<InstrumentationArgs, "registry">): InstrumentationSpec {
  const common = [
    // What a container prints is collected, and is more: a service chooses otlp itself.
    { name: "OTEL_LOGS_EXPORTER", value: "none" },
    { name: "OTEL_METRIC_EXPORT_INTERVAL", value: String(settings.metricExportIntervalSeconds * 1000) },
    // The stable HTTP conventions: seconds, and the names that the dashboards use.
    { name: "OTEL_SEMCONV_STABILITY_OPT_IN", value: "http" },
  ];
  // How long the end of a process waits for a collector that is away, and still long enough for one that is slow. Python's
  // SDK reads seconds, the others milliseconds.
  const timeout = { name: "OTEL_EXPORTER_OTLP_TIMEOUT", value: "1750" };
  // What the init container that copies the injected files asks for: the operator's own values are others for each language, with a limit on
  // processors that makes pods start slower.
  const copying = resourceRequirements({ cpu: "50m", memory: "64Mi", memoryLimit: "256Mi" });
  const { python, nodejs, java, dotnet, go } = instrumentationImages;
  return {
    // The operator mounts the Secret, and says where in OTEL_EXPORTER_OTLP_CERTIFICATE.
    exporter: {
      endpoint: collectorEndpoint,
      ...(encrypted ? { tls: { secretName: resources.otlpCa, ca_file: "ca.crt" } } : {}),
    },
    // Through a collector of the team's own it would come from that one's address.
    resource: { addK8sUIDAttributes: true },
    propagators: ["tracecontext", "baggage"],
    sampler: { type: "parentbased_traceidratio", argument: String(settings.samplingRatio) },
    initContainerSecurityContext: {
      // The images name no user, so it would be root, whom a pod with `runAsNonRoot` does not start.
      runAsNonRoot: true,
      ...(settings.initContainerUser === 0 ? {} : { runAsUser: settings.initContainerUser }),
      allowPrivilegeEscalation: false,
      capabilities: { drop: ["ALL"] },
      readOnlyRootFilesystem: true,
      seccompProfile: { type: "RuntimeDefault" },
    },
    python: {
      ...{ image: python, resourceRequirements: copying },
      env: [
        ...common,
        // Traces and metrics are sent one after the other at the end, by gunicorn's worker and then metrics by its master: all of it
        // stays below four seconds.
        { name: "OTEL_EXPORTER_OTLP_TIMEOUT", value: "1.2" },
        { name: "OTEL_EXPORTER_OTLP_METRICS_TIMEOUT", value: "1.05" },
        // The handler would hide the warnings and errors of an application that configures no logging: without an exporter of logs
        // they would be nowhere.
        { name: "OTEL_PYTHON_LOG_AUTO_INSTRUMENTATION", value: "false" },
        // It reads the settings before the application names them, and else puts empty ones in their place: a Django application
        // does not start then. One that has them in its container's environment switches it on there.
        { name: "OTEL_PYTHON_DJANGO_INSTRUMENT", value: "False" },
        // It wraps connections, and `backup` of the standard library takes no wrapped one.
        { name: "OTEL_PYTHON_DISABLED_INSTRUMENTATIONS", value: "sqlite3" },
        // A trace of every health check would bury the rest. The other languages have no such variable: the collector leaves them out.
        { name: "OTEL_PYTHON_EXCLUDED_URLS", value: pythonExcludedUrls(settings.ignoredPaths) },
        // The node's processors, disks and networks, once more for every pod on it: over 100 series each.
        { name: "OTEL_PYTHON_SYSTEM_METRICS_EXCLUDED_METRICS", value: "system.*" },
      ],
    },
    nodejs: {
      ...{ image: nodejs, resourceRequirements: copying },
      // The operator says where a pod runs: no cloud's metadata service is asked at every start. The last one wins: what the pod's variables say.
      env: [...common, timeout, { name: "OTEL_NODE_RESOURCE_DETECTORS", value: "host,os,process,container,env" }],
    },
    java: { image: java, resources: copying, env: [...common, timeout] },
    dotnet: { image: dotnet, resourceRequirements: copying, env: [...common, timeout] },
    // Its exporter tries again for a minute, with the timeout for each attempt: this one bounds them together.
    go: {
      image: go,
      resourceRequirements: resourceRequirements({ cpu: "50m", memory: "64Mi", memoryLimit: "256Mi" }),
      env: [...common, timeout, { name: "OTEL_BSP_EXPORT_TIMEOUT", value: "1750" }],
      // As the operator has it, but that a pod with `runAsNonRoot` starts it too.
      securityContext: { privileged: true, runAsUser: 0, runAsNonRoot: false },
    },
  };
}

/** A short fingerprint of an Instrumentation's spec. */
export function specHash(spec: InstrumentationSpec): string {
  return createHash("sha256").update(JSON.stringify(spec)).digest("hex").slice(0, 12);
}
