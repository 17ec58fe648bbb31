import * as kubernetes from "@pulumi/kubernetes";
import * as kx from "@pulumi/kubernetesx";
import * as pulumi from "@pulumi/pulumi";
import { apiDashboardUrl } from "../dashboards/links.ts";
import type { Objective } from "../rules/objectives.ts";
import { ownObjectives } from "../rules/ownObjectives.ts";
import { objectiveSchema } from "./alertSettings.ts";
import { filesFolder, injectedContainer } from "./api/injectedContainer.ts";
import { injectedFiles, type InjectedFiles } from "./api/injectedFiles.ts";
import { checkMemory } from "./api/injectedMemory.ts";
import { type ResourceArgs, resourceRequirements } from "./containerResources.ts";
import { customResource } from "./customResources/customResource.ts";
import { type InjectionArgs, injectionAnnotations } from "./injection.ts";
import { labels, selectorLabels } from "./labels.ts";

/** How many pods, by the load of their processors. */
export interface AutoscalingArgs {
  readonly minReplicas: number;
  readonly maxReplicas: number;
  /** Average use of the requested CPU to aim for, in percent. */
  readonly cpuPercent: number;
}

/** What InstrumentedApi needs. */
export interface InstrumentedApiArgs {
  /** Name of the Deployment and the Service, and so of the service in every trace and metric. */
  readonly name: string;
  /** Namespace; it must exist, see `ownNamespace`. */
  readonly namespace: string;
  /** Image with a tag other than `latest`. */
  readonly image: string;
  /** Port that the container listens on, and the Service's. */
  readonly port: number;
  /** What the operator injects. */
  readonly injection: InjectionArgs;
  /**
   * A number of pods, or limits between which the load decides. Changing a number into limits first scales the API to one pod,
   * until the autoscaler takes over. @default 1
   */
  readonly replicas?: number | AutoscalingArgs;
  /** Processor and memory of the container. */
  readonly resources: ResourceArgs;
  /** Path that answers 200 when the API can serve. @default "/healthz" */
  readonly healthPath?: string;
  /** Environment of the container, by name. @default {} */
  readonly env?: Readonly<Record<string, pulumi.Input<string>>>;
  /** Environment from keys of Secrets in the namespace, by name. @default {} */
  readonly secrets?: Readonly<Record<string, { readonly secret: string; readonly key: string }>>;
  /** URLs of what the API calls, by the name of the variable that holds each. @default {} */
  readonly upstreams?: Readonly<Record<string, pulumi.Input<string>>>;
  /**
   * What the API promises over 30 days: the platform's alerts and dashboards go by it. Shares from 0.95 to 0.9999; seconds at
   * a bound of the buckets. @default what the platform's setting `slo` says
   */
  readonly slo?: Objective;
  /** Base URL of the Grafana that shows the API; null where there is none. @default null */
  readonly grafanaUrl?: pulumi.Input<string | null>;
}

/**
 * An API without telemetry code: a Deployment whose pods the operator injects, and a Service. The operator's pod webhook
 * lets a pod pass when it fails, so the Instrumentation has to be there before: give it in `dependsOn`.
 */
export class InstrumentedApi extends pulumi.ComponentResource {
  /** Where Grafana shows the API's requests; null without a Grafana. */
  readonly dashboardUrl: pulumi.Output<string | null>;

  /** @throws pulumi.RunError when `slo`, `injection` or the memory limit does not fit */
  constructor(name: string, args: InstrumentedApiArgs, opts: pulumi.ComponentResourceOptions) {
    super("fluffy-observability:index:InstrumentedApi", name, {}, opts);
    if (args.slo !== undefined) checkObjective(args.name, args.slo);
    checkMemory(args.name, args.injection.language, args.resources.memoryLimit);
    const { env = {}, upstreams = {}, secrets = {} } = args;
    const annotations = injectionAnnotations(args.injection);
    const injected = injectedContainer(args.injection, { ...env, ...upstreams }, Object.keys(secrets));
    const own = { name: args.name, component: "api" };
    const metadata = { name: args.name, namespace: args.namespace, labels: labels(own) };
    const { replicas = 1 } = args;
    const files = injectedFiles(args, injected.files, { parent: this });

    const deployment = new kubernetes.apps.v1.Deployment(
      args.name,
      {
        metadata,
        spec: {
          // An autoscaler owns the number: a value here would fight it in every update.
          ...(typeof replicas === "number" ? { replicas } : {}),
          selector: { matchLabels: selectorLabels(own) },
          // Written by hand: kx cannot set the template's annotations, and injection needs them.
          template: {
            metadata: { labels: labels(own), annotations },
            spec: apiPod(args, injected.env, files).podSpec,
          },
        },
      },
      { parent: this },
    );
    new kubernetes.core.v1.Service(
      args.name,
      {
        // Pulumi would wait ten seconds for its endpoints; it waits for the Deployment behind it already.
        metadata: { ...metadata, annotations: { "pulumi.com/skipAwait": "true" } },
        spec: { selector: selectorLabels(own), ports: [{ name: "http", port: args.port, targetPort: "http" }] },
      },
      { parent: this },
    );
    if (typeof replicas !== "number") {
      new kubernetes.autoscaling.v2.HorizontalPodAutoscaler(
        args.name,
        { metadata, spec: autoscalerSpec(args.name, replicas) },
        { parent: this, dependsOn: deployment },
      );
    }
    if (args.slo !== undefined) {
      customResource(
        "PrometheusRule",
        {
          ...{ name: `${args.name}-objectives`, namespace: args.namespace, labels: metadata.labels },
          spec: { groups: ownObjectives({ service: args.name, namespace: args.namespace, objective: args.slo }) },
        },
        { parent: this },
      );
    }
    const { grafanaUrl = null } = args;
    this.dashboardUrl = pulumi
      .output(grafanaUrl)
      .apply((url) => (url === null ? null : apiDashboardUrl(url, args.name, args.namespace)));
    this.registerOutputs({});
  }
}

/** @throws pulumi.RunError in one line that names the number and what is allowed */
function checkObjective(name: string, slo: Objective): void {
  const issue = objectiveSchema.safeParse(slo).error?.issues[0];
  if (issue === undefined) return;
  const key = String(issue.path[0]) as keyof Objective;
  throw new pulumi.RunError(`InstrumentedApi ${name}: slo.${key} is ${slo[key]}: must be ${issue.message}`);
}

function autoscalerSpec(name: string, { minReplicas, maxReplicas, cpuPercent }: AutoscalingArgs) {
  return {
    scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name },
    minReplicas,
    maxReplicas,
    metrics: [
      { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: cpuPercent } } },
    ],
  };
}

function apiPod(
  args: InstrumentedApiArgs,
  injected: Readonly<Record<string, pulumi.Input<string>>>,
  files: InjectedFiles | undefined,
): kx.PodBuilder {
  const { env = {}, secrets = {}, upstreams = {}, healthPath = "/healthz" } = args;
  const volume = "injection";
  const health = { httpGet: { path: healthPath, port: "http" } };
  const fromSecrets = Object.entries(secrets).map(
    ([name, { secret, key }]) => [name, { secretKeyRef: { name: secret, key } }] as const,
  );
  return new kx.PodBuilder({
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, runAsUser: 10001, seccompProfile: { type: "RuntimeDefault" } },
    ...(files === undefined
      ? {}
      : { volumes: [{ name: volume, configMap: { name: files.configMap.metadata.name, items: [...files.items] } }] }),
    containers: [
      {
        name: args.name,
        image: args.image,
        ports: { http: args.port },
        env: { ...env, ...upstreams, ...injected, ...Object.fromEntries(fromSecrets) },
        ...(files === undefined ? {} : { volumeMounts: [{ name: volume, mountPath: filesFolder, readOnly: true }] }),
        resources: resourceRequirements(args.resources),
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
