import type { LabelSelector, SecretKeySelector } from "./common.ts";

/** A relabelling of what a scrape brought. */
export type MetricRelabeling =
  { sourceLabels: string[]; regex: string; action: "keep" | "drop" } | { regex: string; action: "labeldrop" };

/** A relabelling of the target itself, before it is scraped. */
export type TargetRelabeling =
  | { sourceLabels: string[]; targetLabel: string }
  | { targetLabel: string; replacement: string }
  | { regex: string; action: "labeldrop" };

/** Where a target shows its metrics. */
export interface MonitorEndpoint {
  /** Name of the Service's port. */
  port: string;
  /** @default "/metrics" */
  path?: string;
  scheme?: "https";
  tlsConfig?: { insecureSkipVerify: true } | { ca: { secret: SecretKeySelector } } | { serverName: string };
  authorization?: { credentials: SecretKeySelector };
  basicAuth?: { username: SecretKeySelector; password: SecretKeySelector };
  /** What a series says itself comes before what is known of its target. @default false */
  honorLabels?: boolean;
  relabelings?: TargetRelabeling[];
  metricRelabelings?: MetricRelabeling[];
  /** Series with timestamps of their own end with the scrape that no longer has them. @default false */
  trackTimestampsStaleness?: boolean;
}

/** How much a monitor may bring in one scrape; what brings more is not taken in at all. */
export interface MonitorLimits {
  /** Samples of one target. */
  sampleLimit: number;
  targetLimit: number;
  /** Labels of one sample. */
  labelLimit: number;
  /** Size of one answer, such as `10MB`. */
  bodySizeLimit: string;
}

/** `spec` of a `monitoring.coreos.com/v1` ServiceMonitor, with the fields that this stack sets. */
export interface ServiceMonitorSpec extends Partial<MonitorLimits> {
  namespaceSelector: { matchNames: string[] };
  selector: LabelSelector;
  /** Label of the Service whose value is `job`; without it that is the Service's name. */
  jobLabel?: string;
  /** Name of a scrape class of Prometheus, whose CA counts where an endpoint names none. */
  scrapeClass?: string;
  endpoints: MonitorEndpoint[];
}

/** `spec` of a `monitoring.coreos.com/v1` PodMonitor, with the fields that this stack sets. */
export interface PodMonitorSpec extends Partial<MonitorLimits> {
  namespaceSelector: { matchNames: string[] };
  selector: LabelSelector;
  podMetricsEndpoints: { port: string }[];
}
