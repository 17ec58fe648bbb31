import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { apiDashboardUrl } from "../../catalog/dashboards.ts";
import type { Objective } from "../../rules/objectives.ts";
import { ownObjectives } from "../../rules/ownObjectives.ts";
import { objectiveSchema } from "../../settings/alerting.ts";
import { disruptionBudget, leastReplicas } from "../kubernetes/availability.ts";
import { apiPod, writesClaim, type VolumeArgs } from "./apiPod.ts";
import { injectedContainer } from "./injectedContainer.ts";
import { injectedFiles } from "./injectedFiles.ts";
import { logsByOtlp, withLoggers } from "./logsByOtlp.ts";
import { checkMemory } from "./injectedMemory.ts";
import type { ResourceArgs } from "../../catalog/containerResources.ts";
import { skipAwait } from "../kubernetes/skipAwait.ts";
import { customResource } from "../customResources/customResource.ts";
import { type InjectionArgs, injectionAnnotations } from "./injection.ts";
import { labels, selectorLabels } from "../../catalog/labels.ts";
import type { PodSecurityLevel } from "../kubernetes/podSecurity.ts";

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
  /**
   * Pod Security level that the namespace enforces by its label `pod-security.kubernetes.io/enforce`, as `ownNamespace` was told: the
   * injection of Go needs `privileged`. @default "restricted" - as in a namespace of `ownNamespace`
   */
  readonly podSecurity?: PodSecurityLevel;
  /** Image with a tag other than `latest`. */
  readonly image: string;
  /** Secrets in the namespace that the pod pulls with: its own image, and the injected one. @default [] */
  readonly pullSecrets?: readonly string[];
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
  /**
   * Environment of the container, by name. A `PYTHONPATH`, `NODE_OPTIONS` or `JAVA_TOOL_OPTIONS` that the image sets has to stand
   * here again: the injected one hides it. @default {}
   */
  readonly env?: Readonly<Record<string, pulumi.Input<string>>>;
  /** Environment from keys of Secrets in the namespace, by name. @default {} */
  readonly secrets?: Readonly<Record<string, { readonly secret: string; readonly key: string }>>;
  /** URLs of what the API calls, by the name of the variable that holds each. @default {} */
  readonly upstreams?: Readonly<Record<string, pulumi.Input<string>>>;
  /**
   * Volumes by the folder where the container finds each; one at `/tmp` takes the place of the stack's.
   * @default - `/tmp` alone, an emptyDir of 256Mi: all else cannot be written
   */
  readonly volumes?: Readonly<Record<string, VolumeArgs>>;
  /**
   * How its log lines are collected: from what it prints, or by OTLP, with ids of traces, from loggers that are instrumented. What it
   * prints is not collected then, so that nothing comes twice: tracebacks of servers, access logs and `print` are lost. Python and
   * Node.js only; see docs/injection.md. @default "stdout"
   */
  readonly logs?: "otlp" | "stdout";
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

  /** @throws pulumi.RunError when `slo`, `logs`, `injection`, `podSecurity`, a volume's folder or the memory limit does not fit */
  constructor(name: string, args: InstrumentedApiArgs, opts: pulumi.ComponentResourceOptions) {
    super("fluffy-observability:index:InstrumentedApi", name, {}, opts);
    if (args.slo !== undefined) checkObjective(args.name, args.slo);
    checkPodSecurity(args);
    checkMemory(args.name, args.injection.language, args.resources.memoryLimit);
    const { env = {}, upstreams = {}, secrets = {} } = args;
    const { logs = "stdout" } = args;
    const byOtlp = logs === "otlp" ? logsByOtlp(args.name, args.injection.language) : { env: {}, annotations: {} };
    const injection = logs === "otlp" ? withLoggers(args.injection) : args.injection;
    const annotations = { ...injectionAnnotations(injection), ...byOtlp.annotations };
    const injected = injectedContainer(injection, { ...env, ...upstreams }, Object.keys(secrets));
    const own = { name: args.name, component: "api" };
    const metadata = { name: args.name, namespace: args.namespace, labels: labels(own) };
    const { replicas = 1 } = args;
    // After the component: APIs of two namespaces may share their name. Those of before keep their objects.
    const child = (formerly = args.name) => ({
      parent: this,
      ...(name === args.name ? {} : { aliases: [{ name: formerly }] }),
    });
    const files = injectedFiles(`${name}-injection`, args, injected.files, child(`${args.name}-injection`));

    const deployment = new kubernetes.apps.v1.Deployment(
      name,
      {
        metadata,
        spec: {
          // An autoscaler owns the number: a value here would fight it in every update.
          ...(typeof replicas === "number" ? { replicas } : {}),
          // Two pods may wait for one volume: the new one would never start, and the old one only ends after it.
          ...(replicas === 1 && writesClaim(args)
            ? { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } } }
            : {}),
          selector: { matchLabels: selectorLabels(own) },
          // Written by hand: kx cannot set the template's annotations, and injection needs them.
          template: {
            metadata: { labels: labels(own), annotations },
            spec: apiPod(args, { ...injected.env, ...byOtlp.env }, files).podSpec,
          },
        },
      },
      child(),
    );
    new kubernetes.core.v1.Service(
      name,
      {
        // Pulumi would wait ten seconds for its endpoints; it waits for the Deployment behind it already.
        metadata: { ...metadata, annotations: skipAwait },
        spec: { selector: selectorLabels(own), ports: [{ name: "http", port: args.port, targetPort: "http" }] },
      },
      child(),
    );
    if (typeof replicas !== "number") {
      new kubernetes.autoscaling.v2.HorizontalPodAutoscaler(
        name,
        { metadata, spec: autoscalerSpec(args.name, replicas) },
        { ...child(), dependsOn: deployment },
      );
    }
    disruptionBudget(
      name,
      { name: args.name, namespace: args.namespace, pods: selectorLabels(own), replicas: leastReplicas(replicas) },
      { parent: this },
    );
    if (args.slo !== undefined) {
      customResource(
        "PrometheusRule",
        {
          ...{ name: `${args.name}-objectives`, namespace: args.namespace, labels: metadata.labels },
          spec: { groups: ownObjectives({ service: args.name, namespace: args.namespace, objective: args.slo }) },
          logicalName: `PrometheusRule-${name}-objectives`,
        },
        child(`PrometheusRule-${args.name}-objectives`),
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

/** @throws pulumi.RunError when the namespace would refuse every pod: a ReplicaSet says so in its events only */
function checkPodSecurity({ name, namespace, injection, podSecurity = "restricted" }: InstrumentedApiArgs): void {
  if (injection.language !== "go" || podSecurity === "privileged") return;
  throw new pulumi.RunError(
    `InstrumentedApi ${name}: podSecurity is ${podSecurity}: must be privileged with the injection of go, whose container is privileged, runs as root ` +
      `and mounts a folder of the node; namespace ${namespace} needs the label pod-security.kubernetes.io/enforce=privileged`,
  );
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
