import * as pulumi from "@pulumi/pulumi";
import { goMemoryLimit, resourceRequirements } from "../../catalog/containerResources.ts";
import { customResource } from "../customResources/customResource.ts";
import type { JaegerSpec } from "../customResources/jaeger.ts";
import type { OpenTelemetryCollectorSpec } from "../customResources/openTelemetry.ts";
import { labels } from "../../catalog/labels.ts";
import { namespaces, resources } from "../../catalog/names.ts";
import { containerSecurity, podSecurity } from "../kubernetes/podSecurity.ts";
import type { Settings } from "../../settings/read.ts";
import { tokenlessAccount } from "../kubernetes/tokenlessAccount.ts";
import { images, versions } from "../../catalog/versions.ts";
import { volumeClaim, volumeOwner } from "../kubernetes/volumeClaim.ts";
import { servedSecrets } from "../tls/certificates.ts";
import type { Source } from "../tls/sources.ts";
import { tlsVolume } from "../tls/tlsFiles.ts";
import { badgerFolder, jaegerConfig } from "./jaegerConfig.ts";
import { elasticsearchEnv, elasticsearchFiles, elasticsearchV1 } from "./jaegerElasticsearch.ts";
import { neededFirst, type OperatedOptions } from "../kubernetes/neededFirst.ts";

/** What Jaeger needs. */
export interface JaegerArgs {
  /** Which operator runs it. */
  readonly engine: Settings["jaegerEngine"];
  readonly settings: Settings["jaeger"];
  /** Whether the stack has policies of its own. */
  readonly networkPolicies: Pick<Settings["networkPolicies"], "enabled">;
  /** Where it asks for the metrics of its Monitor page. */
  readonly metrics: Source;
  readonly tls: Pick<Settings["tls"], "internal">;
  /** Whether it is asked for traces over TLS, and no other way. */
  readonly queryTls: boolean;
}

/** Jaeger, which keeps the traces and shows them. Both engines give the same endpoints under other Service names. */
export class Jaeger extends pulumi.ComponentResource {
  constructor(name: string, args: JaegerArgs, opts: OperatedOptions) {
    const { component, after } = neededFirst(opts);
    super("fluffy-observability:backends:Jaeger", name, {}, component);
    const namespace = namespaces.observability;
    const version = args.engine === "v2" ? versions.jaeger : versions.jaegerV1;
    const account = tokenlessAccount({ name: resources.jaeger, namespace, component: "backend" }, { parent: this });
    if (args.engine === "v2") {
      customResource(
        "OpenTelemetryCollector",
        {
          name: resources.jaeger,
          namespace,
          labels: labels({ name: resources.jaeger, component: "backend", version }),
          spec: jaegerSpec(args),
        },
        // The operator's webhook refuses another mode for an object that is there.
        { parent: this, dependsOn: after(account), replaceOnChanges: ["spec.mode"], deleteBeforeReplace: true },
      );
    } else {
      customResource(
        "Jaeger",
        {
          name: resources.jaegerV1,
          namespace,
          labels: labels({ name: resources.jaegerV1, component: "backend", version }),
          spec: jaegerV1Spec(args.settings),
        },
        { parent: this, dependsOn: after(account) },
      );
    }
    this.registerOutputs({});
  }
}

/** The user that Jaeger's images name. */
const imageUser = 10001;

/** Jaeger v2 as an OpenTelemetryCollector with Jaeger's image, as a pure function of its settings. */
export function jaegerSpec({
  settings,
  networkPolicies,
  metrics,
  tls: { internal },
  queryTls,
}: Omit<JaegerArgs, "engine">): OpenTelemetryCollectorSpec {
  const badger = settings.storage === "badger";
  const tls = tlsVolume(servedSecrets.jaeger);
  const elasticsearch = elasticsearchFiles(settings);
  const volumes = [...(internal ? tls.volumes : []), ...elasticsearch.volumes];
  const volumeMounts = [
    ...(badger ? [{ name: "badger", mountPath: badgerFolder }] : []),
    ...(internal ? tls.volumeMounts : []),
    ...elasticsearch.volumeMounts,
  ];
  return {
    // A StatefulSet keeps Badger's volume when the pod goes.
    mode: badger ? "statefulset" : "deployment",
    image: images.jaeger,
    // Memory and Badger belong to one process.
    replicas: 1,
    serviceAccount: resources.jaeger,
    resources: resourceRequirements({ cpu: "100m", memory: "256Mi", memoryLimit: settings.memoryLimit }),
    podSecurityContext: { ...volumeOwner(imageUser), ...podSecurity(imageUser) },
    // Only Badger writes, to its volume.
    securityContext: containerSecurity,
    ...(volumes.length > 0 ? { volumes } : {}),
    ...(volumeMounts.length > 0 ? { volumeMounts } : {}),
    ...(badger
      ? { volumeClaimTemplates: [{ metadata: { name: "badger" }, spec: volumeClaim(settings.volumeSize) }] }
      : {}),
    env: [goMemoryLimit(settings.memoryLimit), ...elasticsearchEnv(settings)],
    observability: { metrics: { enableMetrics: true } },
    ...(networkPolicies.enabled ? { networkPolicy: { enabled: false } } : {}),
    config: jaegerConfig(settings, { metrics, receiverTls: internal, queryTls }),
  };
}

/** Jaeger v1 for the Jaeger operator, as a pure function of its settings. */
export function jaegerV1Spec(settings: Settings["jaeger"]): JaegerSpec {
  const pod = {
    serviceAccount: resources.jaeger,
    securityContext: podSecurity(imageUser),
    containerSecurityContext: containerSecurity,
  };
  return {
    strategy: "allinone",
    allInOne: {
      image: images.jaegerV1,
      ...pod,
      resources: resourceRequirements({ cpu: "100m", memory: "256Mi", memoryLimit: settings.memoryLimit }),
    },
    // The operator makes an Ingress for everybody unless told otherwise.
    ingress: { enabled: false },
    ...(settings.storage === "elasticsearch"
      ? elasticsearchV1(settings, pod)
      : { storage: { type: "memory", options: { memory: { "max-traces": settings.maxTraces } } } }),
  };
}
