import { describeFigures, type Figures, readFigures } from "./figures.ts";
import { findTraces, type Trace } from "./traces.ts";
import { drawWaterfall } from "./waterfall.ts";

/** What a person wants to look at first. */
export interface View {
  service: string;
  /** Undefined when Jaeger has none yet. */
  trace: Trace | undefined;
  figures: Figures;
  links: { label: string; url: string }[];
}

/** Base URLs of the local programs. */
export interface ViewSources {
  jaeger: string;
  prometheus: string;
  app: string;
}

/**
 * Reads the newest trace that reaches the upstream, or the newest of all, and the figures.
 *
 * @throws UserError when Jaeger or Prometheus does not answer.
 */
export async function readView(sources: ViewSources, service: string): Promise<View> {
  const [withUpstream] = await findTraces(sources.jaeger, { service, operation: "GET /hello", limit: 100 });
  const trace = withUpstream ?? (await findTraces(sources.jaeger, { service, limit: 100 }))[0];
  const figures = await readFigures(sources.prometheus, service);
  const expression = "sum by (http_route) (rate(http_server_request_duration_seconds_count[5m]))";
  return {
    service,
    trace,
    figures,
    links: [
      { label: "the API", url: `${sources.app}/docs` },
      ...(trace === undefined ? [] : [{ label: "this trace", url: `${sources.jaeger}/api/traces/${trace.id}` }]),
      { label: "request rate", url: `${sources.prometheus}/api/v1/query?query=${encodeURIComponent(expression)}` },
    ],
  };
}

/** The view as lines of text. */
export function describeView({ service, trace, figures, links }: View): string[] {
  const width = Math.max(...links.map(({ label }) => label.length));
  return [
    ...(trace === undefined ? [noTrace(service)] : drawWaterfall(trace)),
    "",
    ...(figures.routes.length === 0 ? [noFigures(service)] : describeFigures(figures)),
    "",
    ...links.map(({ label, url }) => `${label.padEnd(width)}  ${url}`),
  ];
}

/** What is said in place of a trace. */
export function noTrace(service: string): string {
  return `no trace of ${service} yet: send it requests with "npm run sandbox -- traffic"; only a share of them is sampled`;
}

/** What is said in place of figures. */
export function noFigures(service: string): string {
  return `no metric of ${service} yet: they come after the API's next export and Prometheus' next scrape`;
}
