import path from "node:path";
import { dump } from "js-yaml";
import type { Program } from "../../cli/daemons/program.ts";
import { services } from "../../catalog/names.ts";
import type { WebSpec } from "../../components/customResources/prometheus.ts";
import type { LiveObjects } from "../../sandbox/telemetry/liveObjects.ts";
import type { LocalPorts } from "../../sandbox/telemetry/loopback.ts";
import { localPrometheus, type ScrapeJob } from "../../sandbox/telemetry/prometheusConfig.ts";

/** What Prometheus and Alertmanager are started from. */
export interface EncryptedPrometheusArgs {
  readonly objects: LiveObjects;
  readonly local: LocalPorts;
  /** Port of VictoriaLogs over TLS. */
  readonly logsTls: number;
  /** Paths of the programs. */
  readonly tools: Readonly<Record<"prometheus" | "alertmanager", string>>;
  /** Folder of the Secret with the certificate of each. */
  readonly secrets: Readonly<Record<"prometheus" | "alertmanager", string>>;
}

/** An alert that always is there, so that Prometheus has something to send. */
const rule = { alert: "Always", expr: "vector(1)" };

/** Alertmanager with the certificate that its object names. */
export function encryptedAlertmanager({ objects, local, tools, secrets }: EncryptedPrometheusArgs): Program {
  return {
    ...{ name: "alertmanager", command: tools.alertmanager, env: {}, url: "" },
    args: [
      ...["--config.file=alertmanager.yaml", "--storage.path=alertmanager", "--cluster.listen-address="],
      ...[`--web.listen-address=127.0.0.1:${local.alertmanager}`, "--web.config.file=alertmanager-web.yaml"],
    ],
    files: {
      "alertmanager.yaml": objects.alertmanagerConfig,
      "alertmanager-web.yaml": webConfig(objects.alertmanager.spec.web, secrets.alertmanager),
    },
    ...{ ports: [local.alertmanager], ready: [] },
  };
}

/** Prometheus with its certificate, and with all that its object and the monitors say of TLS, as its operator writes it. */
export function encryptedPrometheus(args: EncryptedPrometheusArgs): Program {
  const { objects, local, tools, secrets } = args;
  const { config, args: more } = localPrometheus(objects, local, "prometheus");
  const encrypted = {
    ...config,
    rule_files: ["rules.yaml"],
    alerting: {
      ...config.alerting,
      alertmanagers: objects.prometheus.spec.alerting.alertmanagers.map(({ scheme, tlsConfig }, index) => ({
        ...config.alerting.alertmanagers[index],
        ...tls(scheme, tlsConfig?.caFile, tlsConfig?.serverName, secrets.prometheus),
      })),
    },
    scrape_configs: [...config.scrape_configs, ...logStoreJob(args)].map((job) => withTls(job, args)),
  };
  return {
    ...{ name: "prometheus", command: tools.prometheus, env: {}, url: "" },
    args: ["--config.file=prometheus.yaml", "--web.config.file=prometheus-web.yaml", ...more],
    files: {
      "prometheus.yaml": dump(encrypted),
      "prometheus-web.yaml": webConfig(objects.prometheus.spec.web, secrets.prometheus),
      "rules.yaml": dump({ groups: [{ name: "test", interval: "1s", rules: [rule] }] }),
    },
    ...{ ports: [local.prometheus], ready: [] },
  };
}

/** The web configuration that the operator writes. */
function webConfig(web: WebSpec | undefined, secret: string): string {
  if (web === undefined) throw new Error("it serves without TLS");
  const { cert, keySecret } = web.tlsConfig;
  const file = ({ name, key }: { name: string; key: string }) => {
    if (name !== path.basename(secret)) throw new Error(`its certificate is of Secret ${name}`);
    return path.join(secret, key);
  };
  return dump({ tls_server_config: { cert_file: file(cert.secret), key_file: file(keySecret) } });
}

/** The sandbox knows no monitor of the store of logs. */
function logStoreJob({ objects, logsTls }: EncryptedPrometheusArgs): ScrapeJob[] {
  const monitor = objects.monitors.find(({ metadata }) => metadata.name === services.logs);
  if (monitor?.spec.endpoints[0]?.port !== "https") return [];
  const name = `serviceMonitor/${monitor.metadata.namespace}/${monitor.metadata.name}/0`;
  return [{ job_name: name, static_configs: [{ targets: [`127.0.0.1:${logsTls}`], labels: { job: services.logs } }] }];
}

/** What the endpoint of a monitor says of TLS, and what its scrape class does. */
function withTls(job: ScrapeJob, { objects, secrets }: EncryptedPrometheusArgs): object {
  const [, namespace, name, index] = job.job_name.split("/");
  const monitor = objects.monitors.find(({ metadata }) => metadata.name === name && metadata.namespace === namespace);
  const { scheme, tlsConfig } = monitor?.spec.endpoints[Number(index)] ?? {};
  const classes = objects.prometheus.spec.scrapeClasses ?? [];
  const caFile = classes.find((each) => each.name === monitor?.spec.scrapeClass)?.tlsConfig.caFile;
  const serverName = tlsConfig !== undefined && "serverName" in tlsConfig ? tlsConfig.serverName : undefined;
  return { ...job, ...tls(scheme, caFile, serverName, secrets.prometheus) };
}

/** @param caFile where the operator mounts it */
function tls(scheme: "https" | undefined, caFile: string | undefined, serverName: string | undefined, secret: string) {
  if (scheme === undefined) return {};
  const mounted = `/etc/prometheus/secrets/${path.basename(secret)}`;
  return {
    scheme,
    tls_config: { ca_file: caFile?.replace(mounted, secret), server_name: serverName },
  };
}
