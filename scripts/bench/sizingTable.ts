import { markdownTable } from "../../cli/markdownTable.ts";
import { durationSeconds } from "../../settings/duration.ts";
import { mebibytes } from "../../settings/quantities.ts";
import { parseSettings, type Settings } from "../../settings/read.ts";
import type { SizingFigures } from "./sizingFigures.ts";
import { type Load, resourcesOf, type SizedResources } from "./sizingResources.ts";

/** What to set for so many services, and up to how many of them the stack's own stores suffice. */

/** Numbers of services that the table has, besides those at which other stores take over. */
const numbers = [10, 50, 200, 1000];
/** MiB of memory that a single pod gets here at the most: that of a large node. No setting refuses more. */
const largestPod = 64 * 1024;
/** MiB of a single volume here at the most: a copy of it at 100 MB a second takes three hours, for which Jaeger is ended. */
const largestVolume = 1024 * 1024;
/** Numbers of services that are looked at. */
const mostServices = 1_000_000;

/** Services as they are taken to be here, with what a stack keeps of them. */
export function usualLoad(services: number, settings: Settings): Load {
  const days = (duration: string) => durationSeconds(duration) / 86_400;
  return {
    services,
    ...{ pods: 5, requests: 20, spans: 3, logBytes: 300, logLines: 2 },
    samplingRatio: settings.instrumentation.samplingRatio,
    scrapeSeconds: durationSeconds(settings.prometheus.scrapeInterval),
    retention: {
      metrics: days(settings.prometheus.retention),
      traces: days(settings.jaeger.retention),
      logs: days(settings.logs.retention),
    },
  };
}

/** The greatest number of services that something suffices for. */
export function servicesUpTo(suffices: (services: number) => boolean): number {
  let [least, most] = [0, mostServices];
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (suffices(middle)) least = middle;
    else most = middle - 1;
  }
  return least;
}

/**
 * The table, and what follows from it for a stack.
 *
 * @param prod settings of stack prod: how long data is kept, and what it suffices for
 */
export function sizingTable(figures: SizingFigures, prod: Settings): string {
  const sized = (services: number) => resourcesOf(usualLoad(services, prod), figures);
  const limits = {
    prometheus: servicesUpTo((services) => shardsOf(sized(services)) <= 1),
    jaeger: servicesUpTo((services) => {
      const { spans, jaegerVolume } = sized(services);
      return spans <= figures.jaegerRate && jaegerVolume <= largestVolume;
    }),
    logs: servicesUpTo((services) => sized(services).logsVolume <= largestVolume),
  };
  const rows = [...new Set([...numbers, ...Object.values(limits).map((services) => services + 1)])].sort(
    (one, other) => one - other,
  );
  return [
    loadText(usualLoad(1, prod)),
    markdownTable(
      columns,
      rows.map((services) => row(services, sized(services), limits)),
    ),
    listed(sufficiency(sized, prod)),
  ].join("\n\n");
}

function loadText({
  pods,
  requests,
  spans,
  logBytes,
  logLines,
  samplingRatio,
  scrapeSeconds,
  retention,
}: Load): string {
  return (
    `Each service has ${pods} pods and answers ${requests} requests a second, each with ${spans} spans and ${logBytes} bytes of logs in ` +
    `${logLines} lines. As in stack prod, metrics are scraped every ${scrapeSeconds} seconds and kept for ${retention.metrics} days, ` +
    `${samplingRatio * 100} % of the traces for ${retention.traces} days, logs for ${retention.logs} days.`
  );
}

const columns = [
  ...["Services", "Series", "`prometheus.memoryLimit`", "`prometheus.volumeSize`"],
  ...["`collector.replicas`", "`collector.memoryLimit`", "Spans kept a second"],
  ...["`jaeger.memoryLimit`", "`jaeger.volumeSize`", "`logs.memoryLimit`", "`logs.volumeSize`"],
];

/** How many Prometheis share the series. */
function shardsOf({ prometheusMemory, prometheusVolume }: SizedResources): number {
  return Math.ceil(Math.max(prometheusMemory / largestPod, prometheusVolume / largestVolume));
}

function row(
  services: number,
  resources: SizedResources,
  limits: Readonly<Record<"prometheus" | "jaeger" | "logs", number>>,
): string[] {
  const defaults = parseSettings({});
  const shards = shardsOf(resources);
  const ofShard = (mebibytesOfAll: number) => sizeText(mebibytesOfAll / shards);
  const elsewhere = (key: string) => `elsewhere: \`${key}\``;
  return [
    services.toLocaleString("en"),
    thousands(resources.series),
    ...(services > limits.prometheus
      ? [
          `\`prometheus.shards: ${shards}\` with \`prometheus.remoteWrite\`: ${ofShard(resources.prometheusMemory)} each`,
          `${ofShard(resources.prometheusVolume)} each`,
        ]
      : [
          sizeText(resources.prometheusMemory, defaults.prometheus.memoryLimit),
          sizeText(resources.prometheusVolume, "10Gi"),
        ]),
    String(resources.collectorReplicas),
    sizeText(resources.collectorMemory, defaults.collector.memoryLimit),
    resources.spans.toFixed(0),
    ...(services > limits.jaeger
      ? [elsewhere("jaeger.storage: elasticsearch"), "none"]
      : [sizeText(resources.jaegerMemory, defaults.jaeger.memoryLimit), sizeText(resources.jaegerVolume, "10Gi")]),
    ...(services > limits.logs
      ? [elsewhere("logs.otlpEndpoint"), "none"]
      : [sizeText(resources.logsMemory, defaults.logs.memoryLimit), sizeText(resources.logsVolume, "10Gi")]),
  ];
}

/** For how many services each limit of a stack suffices, the smallest number first. */
function sufficiency(
  sized: (services: number) => SizedResources,
  { prometheus, collector, jaeger, logs }: Settings,
): [string, number][] {
  const memory = (key: string, limit: string, needed: (resources: SizedResources) => number): [string, number] => [
    `\`${key}: ${limit}\``,
    servicesUpTo((services) => needed(sized(services)) <= mebibytes(limit)),
  ];
  const found: [string, number][] = [
    memory("prometheus.memoryLimit", prometheus.memoryLimit, (needed) => needed.prometheusMemory),
    memory("prometheus.volumeSize", prometheus.volumeSize, (needed) => needed.prometheusVolume),
    memory("jaeger.memoryLimit", jaeger.memoryLimit, (needed) => needed.jaegerMemory),
    memory("jaeger.volumeSize", jaeger.volumeSize, (needed) => needed.jaegerVolume),
    memory("logs.memoryLimit", logs.memoryLimit, (needed) => needed.logsMemory),
    memory("logs.volumeSize", logs.volumeSize, (needed) => needed.logsVolume),
    [
      `\`collector.replicas: ${collector.replicas}\` with \`collector.memoryLimit: ${collector.memoryLimit}\``,
      servicesUpTo((services) => {
        const { collectorReplicas, collectorMemory } = sized(services);
        return collectorReplicas <= collector.replicas && collectorMemory <= mebibytes(collector.memoryLimit);
      }),
    ],
  ];
  return found.sort(([, one], [, other]) => one - other);
}

function listed(found: readonly (readonly [string, number])[]): string {
  const shown = found.map(([setting, services]) =>
    services === mostServices ? `${setting} for any` : `${setting} for ${services.toLocaleString("en")}`,
  );
  return `Stack prod suffices for so many services: ${shown.join(", ")}.`;
}

/** A quantity of the settings that is enough, and no odd one. */
export function sizeText(needed: number, least = "256Mi"): string {
  const size = Math.max(needed, mebibytes(least));
  if (size < 1024) return `${Math.ceil(size / 256) * 256}Mi`.replace("1024Mi", "1Gi");
  const gibibytes = Math.ceil(size / 1024);
  return gibibytes <= 20 ? `${gibibytes}Gi` : `${Math.ceil(gibibytes / 10) * 10}Gi`;
}

function thousands(series: number): string {
  return (Math.round(series / 1000) * 1000).toLocaleString("en");
}
