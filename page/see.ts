import { describeFigures, type Figures, readFigures } from "./figures.ts";
import { type Trace } from "./model/trace.ts";
import { drawWaterfall } from "./model/waterfall.ts";
import { describeLines, type TraceLines, traceLines, traceLinesUrl } from "./model/traceLines.ts";
import { readLines } from "./logLines.ts";
import { findTraces } from "./traces.ts";

/** A service and its figures. */
export interface SeenService {
  service: string;
  figures: Figures;
}

/** What a person wants to look at first. */
export interface View {
  /** At least one; callers first. */
  services: SeenService[];
  /** Undefined when Jaeger has none yet. */
  trace: Trace | undefined;
  /** What its pods printed; undefined without a trace, and without a store of logs. */
  lines: TraceLines | undefined;
  links: { label: string; url: string }[];
}

/** Base URLs of the local programs. */
export interface ViewSources {
  jaeger: string;
  prometheus: string;
  app: string;
  /** Undefined where no store of logs runs. */
  logs: string | undefined;
}

/**
 * Reads the newest trace that reaches furthest, and the figures.
 *
 * @param services that run, callers first
 * @throws UserError when Jaeger or Prometheus does not answer.
 */
export async function readView(sources: ViewSources, services: readonly string[]): Promise<View> {
  const trace = await newestTrace(sources.jaeger, services);
  const { logs } = sources;
  const lines = trace && logs !== undefined ? await traceLines((filter) => readLines(logs, filter), trace) : undefined;
  const expression = "sum by (service_name, http_route) (rate(http_server_request_duration_seconds_count[5m]))";
  const seen: SeenService[] = [];
  for (const service of services) seen.push({ service, figures: await readFigures(sources.prometheus, service) });
  return {
    services: seen,
    trace,
    lines,
    links: [
      { label: "the API", url: `${sources.app}/docs` },
      ...(trace === undefined ? [] : [{ label: "this trace", url: `${sources.jaeger}/api/traces/${trace.id}` }]),
      ...(trace === undefined || logs === undefined
        ? []
        : [{ label: "its log lines", url: traceLinesUrl(logs, trace) }]),
      { label: "request rate", url: `${sources.prometheus}/api/v1/query?query=${encodeURIComponent(expression)}` },
    ],
  };
}

/** One through all the services, one that reaches the upstream, or the newest of all. */
async function newestTrace(jaeger: string, services: readonly string[]): Promise<Trace | undefined> {
  const [caller = "", ...others] = services;
  const last = others.at(-1) ?? caller;
  const through = (await findTraces(jaeger, { service: caller, limit: 100 })).find(
    (trace) => others.length > 0 && new Set(trace.spans.map(({ service }) => service)).size === services.length,
  );
  if (through !== undefined) return through;
  const [withUpstream] = await findTraces(jaeger, { service: last, operation: "GET /hello", limit: 100 });
  return withUpstream ?? (await findTraces(jaeger, { service: last, limit: 100 }))[0];
}

/** The view as lines of text. */
export function describeView({ services, trace, lines, links }: View): string[] {
  const width = Math.max(...links.map(({ label }) => label.length));
  return [
    ...(trace === undefined ? [noTrace(services)] : drawWaterfall(trace)),
    ...(lines === undefined ? [] : ["", ...describeLines(lines)]),
    ...services.flatMap(({ service, figures }) => [
      "",
      ...(services.length > 1 ? [`${service}:`] : []),
      ...(figures.routes.length === 0 ? [noFigures(service)] : describeFigures(figures)),
    ]),
    "",
    ...links.map(({ label, url }) => `${label.padEnd(width)}  ${url}`),
  ];
}

/** What is said in place of a trace. */
export function noTrace(services: readonly SeenService[]): string {
  const names = services.map(({ service }) => service).join(", ");
  return `no trace of ${names} yet: send it requests with "npm run sandbox -- traffic"; only a share of them is sampled`;
}

/** What is said in place of figures. */
export function noFigures(service: string): string {
  return `no metric of ${service} yet: they come after the API's next export and Prometheus' next scrape`;
}
