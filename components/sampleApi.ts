import * as kubernetes from "@pulumi/kubernetes";
import * as kx from "@pulumi/kubernetesx";
import * as pulumi from "@pulumi/pulumi";
import { resourceRequirements } from "./containerResources.ts";
import { labels, selectorLabels } from "./labels.ts";
import { ownNamespace } from "./namespace.ts";
import { namespaces, ports, resources, services } from "./names.ts";
import type { Settings } from "./settings.ts";

/** What SampleApi needs. */
export interface SampleApiArgs {
  readonly settings: Settings["sampleApi"];
  /** `namespace/name` of the Instrumentation. */
  readonly instrumentation: string;
  /** Fingerprint of the Instrumentation's spec. */
  readonly instrumentationHash: string;
}

/**
 * The FastAPI `python-api`, which holds no telemetry code: the annotation makes the operator inject it. The operator's
 * pod webhook lets a pod pass when it fails, so the Instrumentation has to be there before the Deployment.
 */
export class SampleApi extends pulumi.ComponentResource {
  constructor(name: string, args: SampleApiArgs, opts: pulumi.ComponentResourceOptions) {
    super("fluffy-observability:index:SampleApi", name, {}, opts);
    const own = { name: resources.sampleApi, component: "sample-api" };
    const metadata = { namespace: namespaces.sampleApi, labels: labels(own) };
    const namespace = ownNamespace(namespaces.sampleApi, { parent: this });
    const opt = { parent: this, dependsOn: namespace };

    new kubernetes.apps.v1.Deployment(
      resources.sampleApi,
      {
        metadata: { ...metadata, name: resources.sampleApi },
        spec: {
          replicas: args.settings.replicas,
          selector: { matchLabels: selectorLabels(own) },
          // Written by hand: kx cannot set the template's annotations, and injection needs them.
          template: {
            metadata: { labels: labels(own), annotations: injectionAnnotations(args) },
            spec: samplePod(args.settings).podSpec,
          },
        },
      },
      opt,
    );
    new kubernetes.core.v1.Service(
      services.sampleApi,
      {
        metadata: { ...metadata, name: services.sampleApi },
        spec: {
          selector: selectorLabels(own),
          ports: [{ name: "http", port: ports.sampleApi, targetPort: "http" }],
        },
      },
      opt,
    );
    this.registerOutputs({});
  }
}

/** The annotations of a pod that wants Python instrumentation; the hash makes a changed Instrumentation roll the pods. */
export function injectionAnnotations(
  args: Pick<SampleApiArgs, "instrumentation" | "instrumentationHash">,
): Record<string, string> {
  return {
    "instrumentation.opentelemetry.io/inject-python": args.instrumentation,
    "fluffy-observability/instrumentation-hash": args.instrumentationHash,
  };
}

function samplePod(settings: Settings["sampleApi"]): kx.PodBuilder {
  const health = { httpGet: { path: "/healthz", port: "http" } };
  return new kx.PodBuilder({
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, runAsUser: 10001, seccompProfile: { type: "RuntimeDefault" } },
    containers: [
      {
        name: resources.sampleApi,
        image: settings.image,
        ports: { http: ports.sampleApi },
        env: { UPSTREAM_URL: settings.upstreamUrl },
        resources: resourceRequirements({ cpu: "50m", memory: "128Mi", memoryLimit: "256Mi" }),
        readinessProbe: { ...health, periodSeconds: 5 },
        livenessProbe: { ...health, periodSeconds: 15, failureThreshold: 4 },
        securityContext: {
          allowPrivilegeEscalation: false,
          capabilities: { drop: ["ALL"] },
          readOnlyRootFilesystem: true,
        },
      },
    ],
  });
}
