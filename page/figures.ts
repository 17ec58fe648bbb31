import { z } from "zod";
import { failedRequests, metric } from "../rules/serviceSeries.ts";
import { getJson } from "./http.ts";

/** How far back the figures look. */
export const WINDOW = "5m";
const WINDOW_SECONDS = 300;

/** Requests of one route with one status. */
export interface RouteFigures {
  method: string;
  /** Empty for a path that no route matches. */
  route: string;
  /** Empty for what was broken off before it had one. */
  status: string;
  /** Since the application started. */
  total: number;
}

/** What Prometheus says of a service. */
export interface Figures {
  /** Requests within the window. */
  requests: number;
  /** Requests per second, averaged over the window. */
  rate: number;
  /** Share of requests within the window that failed, 0 to 1: see `failedRequests`; undefined without a request. */
  errorRatio: number | undefined;
  /** Seconds by quantile, over the window; undefined without a request. */
  quantiles: Record<"p50" | "p95" | "p99", number | undefined>;
  routes: RouteFigures[];
}

const vector = z.object({
  data: z.object({
    result: z.array(z.object({ metric: z.record(z.string(), z.string()), value: z.tuple([z.number(), z.string()]) })),
  }),
});

/** One series of an instant query's answer. */
export interface Sample {
  labels: Record<string, string>;
  value: number;
}

/** @param prometheus base URL */
export async function query(prometheus: string, expression: string): Promise<Sample[]> {
  const answer = await getJson(`${prometheus}/api/v1/query?query=${encodeURIComponent(expression)}`);
  return vector.parse(answer).data.result.map(({ metric: labels, value }) => ({ labels, value: Number(value[1]) }));
}

/** What Prometheus is asked of a service. */
export function figureQueries(service: string) {
  const selector = `service_name="${service}"`;
  const failed = failedRequests.map((how) => increase(`${metric}_count{${selector},${how}}`));
  return {
    requests: `sum(${increase(`${metric}_count{${selector}}`)})`,
    failed: `sum(${failed.join(" or ")})`,
    quantile: (q: number) => `histogram_quantile(${q}, sum by (le) (${increase(`${metric}_bucket{${selector}}`)}))`,
    routes: `sum by (http_request_method, http_route, http_response_status_code) (${metric}_count{${selector}})`,
  };
}

/** The figures of a service from Prometheus. */
export async function readFigures(prometheus: string, service: string): Promise<Figures> {
  const number = async (expression: string) => {
    const value = (await query(prometheus, expression))[0]?.value;
    return value === undefined || Number.isNaN(value) ? undefined : value;
  };
  const queries = figureQueries(service);
  const requests = (await number(queries.requests)) ?? 0;
  const failed = (await number(queries.failed)) ?? 0;
  const quantile = (q: number) => number(queries.quantile(q));
  const routes = await query(prometheus, queries.routes);
  return {
    requests,
    rate: requests / WINDOW_SECONDS,
    errorRatio: requests === 0 ? undefined : failed / requests,
    quantiles: { p50: await quantile(0.5), p95: await quantile(0.95), p99: await quantile(0.99) },
    routes: routes
      .map(({ labels, value }) => ({
        method: labels.http_request_method ?? "",
        route: labels.http_route ?? "",
        status: labels.http_response_status_code ?? "",
        total: value,
      }))
      .sort((a, b) => `${a.route} ${a.status}`.localeCompare(`${b.route} ${b.status}`)),
  };
}

/**
 * The growth of each counter within the window. PromQL's own `increase` does not see the requests before a series' first
 * sample, which is all of a short run; here a series that is new, or began again, counts from zero.
 */
function increase(selector: string): string {
  return `(${selector} - ${selector} offset ${WINDOW} >= 0) or ${selector}`;
}

/** The figures as lines of text. */
export function describeFigures(figures: Figures): string[] {
  const { requests, rate, errorRatio, quantiles, routes } = figures;
  const seconds = (value: number | undefined) => (value === undefined ? "-" : `${(value * 1000).toFixed(1)} ms`);
  const width = Math.max(5, ...routes.map(({ route }) => route.length));
  return [
    `last ${WINDOW}: ${Math.round(requests)} requests, ${rate.toFixed(2)}/s, ` +
      `${errorRatio === undefined ? "-" : `${(errorRatio * 100).toFixed(1)} %`} failed, ` +
      `p50 ${seconds(quantiles.p50)}, p95 ${seconds(quantiles.p95)}, p99 ${seconds(quantiles.p99)}`,
    ...routes.map(
      ({ method, route, status, total }) =>
        `${method.padEnd(6)} ${(route || "(none)").padEnd(width)}  ${(status || "-").padEnd(3)}  ${String(total).padStart(8)} since the start`,
    ),
  ];
}
