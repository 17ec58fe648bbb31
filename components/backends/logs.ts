import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { resourceRequirements } from "../../catalog/containerResources.ts";
import { mebibytes } from "../../settings/quantities.ts";
import { labels, selectorLabels } from "../../catalog/labels.ts";
import { everyAddress, namespaces, ports, resources, services } from "../../catalog/names.ts";
import { containerSecurity, podSecurity } from "../kubernetes/podSecurity.ts";
import type { Settings } from "../../settings/read.ts";
import { skipAwait } from "../kubernetes/skipAwait.ts";
import { tokenlessAccount } from "../kubernetes/tokenlessAccount.ts";
import { images, versions } from "../../catalog/versions.ts";
import { servedSecrets } from "../tls/certificates.ts";
import { certificateFiles, tlsVolume } from "../tls/tlsFiles.ts";
import type { Volume } from "../customResources/common.ts";
import { volumeClaim, volumeOwner } from "../kubernetes/volumeClaim.ts";

/** VictoriaLogs, which keeps the log lines and shows them. No operator runs it: it is a single program. */
export class Logs extends pulumi.ComponentResource {
  constructor(name: string, settings: Pick<Settings, "logs" | "tls">, opts: pulumi.ComponentResourceOptions) {
    super("fluffy-observability:backends:Logs", name, {}, opts);
    const namespace = namespaces.observability;
    const own = { name: resources.logs, component: "backend" };
    const metadata = { name: resources.logs, namespace, labels: labels({ ...own, version: versions.victoriaLogs }) };
    const account = tokenlessAccount({ ...own, namespace }, { parent: this });
    new kubernetes.core.v1.Service(
      services.logs,
      {
        // Pulumi would wait ten seconds for its endpoints.
        metadata: { ...metadata, labels: labels(own), annotations: skipAwait },
        spec: { selector: selectorLabels(own), ports: logStorePorts(settings.tls) },
      },
      { parent: this },
    );
    new kubernetes.apps.v1.StatefulSet(
      resources.logs,
      // Like the pods of the operators' backends it comes after `up`: a volume may take its time.
      { metadata: { ...metadata, annotations: skipAwait }, spec: logStoreSpec(settings, labels(own)) },
      { parent: this, dependsOn: account },
    );
    this.registerOutputs({});
  }
}

/** Any user: the image names none. */
const user = 10_001;

const dataFolder = "/data";

/** What a pod without a volume may write. */
const withoutVolume = "2Gi";

/** The StatefulSet's spec, as a pure function of the settings. */
export function logStoreSpec({ logs, tls }: Pick<Settings, "logs" | "tls">, podLabels: Record<string, string>) {
  const { volumeSize, memoryLimit } = logs;
  const certificate = tlsVolume(servedSecrets.logs);
  const volumes: Volume[] = [
    ...(volumeSize === "" ? [{ name: "data", emptyDir: { sizeLimit: withoutVolume } }] : []),
    ...(tls.internal ? certificate.volumes : []),
  ];
  const probe = { httpGet: { path: "/health", port: "http" } };
  return {
    serviceName: services.logs,
    replicas: 1,
    // Else a pod that never gets ready, such as one whose image cannot be pulled, is not replaced by a corrected one.
    podManagementPolicy: "Parallel",
    selector: { matchLabels: selectorLabels({ name: resources.logs }) },
    template: {
      metadata: { labels: podLabels },
      spec: {
        serviceAccountName: resources.logs,
        automountServiceAccountToken: false,
        securityContext: { ...podSecurity(user), ...volumeOwner(user) },
        containers: [
          {
            name: "victoria-logs",
            image: images.victoriaLogs,
            args: logStoreArgs(logs, tls.internal),
            ports: logStorePorts(tls).map(({ name, port }) => ({ name, containerPort: port })),
            resources: resourceRequirements({ cpu: "50m", memory: "128Mi", memoryLimit }),
            securityContext: containerSecurity,
            // It opens what it holds before it answers: a large store takes its time.
            startupProbe: { ...probe, periodSeconds: 5, failureThreshold: 120 },
            readinessProbe: probe,
            livenessProbe: probe,
            volumeMounts: [{ name: "data", mountPath: dataFolder }, ...(tls.internal ? certificate.volumeMounts : [])],
          },
        ],
        ...(volumes.length > 0 ? { volumes } : {}),
      },
    },
    ...(volumeSize === ""
      ? {}
      : { volumeClaimTemplates: [{ metadata: { name: "data" }, spec: volumeClaim(volumeSize) }] }),
  } satisfies kubernetes.types.input.apps.v1.StatefulSetSpec;
}

/** Arguments of the program. A fifth of the room is for merging and for the last two days, which size never deletes. */
export function logStoreArgs(
  { retention, volumeSize }: Pick<Settings["logs"], "retention" | "volumeSize">,
  encrypted = false,
): string[] {
  const room = mebibytes(volumeSize === "" ? withoutVolume : volumeSize);
  return [
    `-storageDataPath=${dataFolder}`,
    `-retentionPeriod=${retention}`,
    // Lines that were taken and not written yet are lost when the program is killed: the less, the better.
    "-inmemoryDataFlushInterval=1s",
    `-retention.maxDiskSpaceUsageBytes=${Math.floor(room * 0.8)}MiB`,
    // It would listen on addresses of IPv4 alone.
    "-enableTCP6",
    `-httpListenAddr=${everyAddress}:${ports.logs}`,
    ...(encrypted ? tlsArgs : []),
  ];
}

/** A second address for who sends lines; `-tls` is by the order of the addresses. The certificate is read anew every second. */
const tlsArgs = [
  `-httpListenAddr=${everyAddress}:${ports.logsTls}`,
  ...["-tls=false", "-tls=true"],
  `-tlsCertFile=${certificateFiles.certificate}`,
  `-tlsKeyFile=${certificateFiles.key}`,
];

/** Where it listens: for readers, and for who sends lines over TLS. */
function logStorePorts({ internal }: Pick<Settings["tls"], "internal">) {
  return [
    { name: "http", port: ports.logs, targetPort: "http" },
    ...(internal ? [{ name: "https", port: ports.logsTls, targetPort: "https" }] : []),
  ];
}
