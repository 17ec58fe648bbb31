import type { SizingFigures } from "./sizingFigures.ts";

/** What services do. */
export interface Load {
  readonly services: number;
  /** Pods of each. */
  readonly pods: number;
  /** Requests per second that each service answers. */
  readonly requests: number;
  /** Spans of a request, its calls of others among them. */
  readonly spans: number;
  /** `instrumentation.samplingRatio`: the share of requests with spans. */
  readonly samplingRatio: number;
  /** Bytes that a request prints, and in how many lines. */
  readonly logBytes: number;
  readonly logLines: number;
  /** Seconds between two samples. */
  readonly scrapeSeconds: number;
  /** Days for which each kind of data is kept. */
  readonly retention: Readonly<Record<"metrics" | "traces" | "logs", number>>;
}

/** What a load takes: memory and volumes in MiB, for a single pod each. */
export interface SizedResources {
  readonly series: number;
  /** Spans per second that are kept. */
  readonly spans: number;
  readonly prometheusMemory: number;
  readonly prometheusVolume: number;
  readonly collectorReplicas: number;
  readonly collectorMemory: number;
  readonly jaegerMemory: number;
  readonly jaegerVolume: number;
  readonly logsMemory: number;
  readonly logsVolume: number;
}

/** How much more memory a pod gets than it was measured to take: queries, and the series of pods that a rollout makes anew. */
const memoryRoom = 1.5;
/** The same of volumes: what has run out is deleted a while later only. */
const volumeRoom = 1.25;
/** Processors that a Collector pod uses before the autoscaler adds one: 80 % of the half one that it requests. */
const collectorShare = 0.4;
/** MiB that a Collector pod has at the most: with more of them rather than with larger ones a scrape stays short. */
const largestCollector = 4096;
/** Hours of samples that Prometheus holds in its write-ahead log. */
const walHours = 3;
/** Share of the volume that Prometheus fills. */
const prometheusShare = 0.85;
/** Share of the volume that VictoriaLogs fills. */
const logsShare = 0.8;
/** Of one pod, that another one may take over: production has two Collectors at least. */
const fewestCollectors = 2;

const [KiB, MiB, day] = [1024, 2 ** 20, 86_400];

/** What a load takes, multiplied out from what was measured. */
export function resourcesOf(load: Load, figures: SizingFigures): SizedResources {
  const { services, pods, requests } = load;
  const spans = services * requests * load.spans * load.samplingRatio;
  const printed = services * requests * load.logBytes;
  const lines = services * requests * load.logLines;
  const collectors = collectorsOf(load, spans, figures);
  const ofService =
    pods * figures.podSeries + Math.min(pods, collectors.replicas) * figures.spanSeries + figures.recordedSeries;
  const series = figures.platformSeries + services * ofService;
  const samples = series / load.scrapeSeconds;
  const kept = samples * day * load.retention.metrics * figures.sampleBytes;
  const wal = samples * walHours * 3600 * figures.walBytes;
  return {
    ...{ series, spans },
    prometheusMemory: memoryRoom * (figures.prometheusBase + (series * figures.prometheusSeries) / KiB),
    prometheusVolume: (kept + wal) / MiB / prometheusShare,
    ...{ collectorReplicas: collectors.replicas, collectorMemory: collectors.memory },
    jaegerMemory: memoryRoom * figures.jaegerMemory,
    jaegerVolume: (volumeRoom * spans * day * load.retention.traces * figures.jaegerSpanBytes) / MiB,
    logsMemory: memoryRoom * figures.logMemory * Math.max(1, lines / figures.logRate),
    logsVolume: (printed * day * load.retention.logs * (figures.logShare / 1000)) / MiB / logsShare,
  };
}

function collectorsOf({ services, pods }: Load, spans: number, figures: SizingFigures) {
  const shown = services * (pods * figures.podSeries + figures.spanSeries);
  const cpu = (spans * figures.spanCpu + (shown * figures.seriesCpu) / 60) / 10_000;
  const memoryOf = (series: number) => memoryRoom * (figures.collectorBase + (series * figures.collectorSeries) / KiB);
  if (memoryOf(0) >= largestCollector) throw new Error(`a Collector takes ${figures.collectorBase} MiB without series`);
  let replicas = Math.max(fewestCollectors, Math.ceil(cpu / collectorShare));
  while (memoryOf(shown / replicas) > largestCollector) replicas++;
  return { replicas, memory: memoryOf(shown / replicas) };
}
