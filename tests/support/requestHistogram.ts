import type { SentMetric } from "./otlp.ts";

/**
 * Requests so far, in the form of the HTTP conventions.
 *
 * @param start milliseconds since the epoch
 * @param byStatus number of requests by their status
 */
export function requestHistogram(start: number, byStatus: Readonly<Record<number, number>>): SentMetric {
  return {
    ...{ name: "http.server.request.duration", unit: "s", type: "histogram", start },
    points: Object.entries(byStatus).map(([status, value]) => ({
      attributes: { "http.request.method": "GET", "http.route": "/", "http.response.status_code": Number(status) },
      value,
    })),
  };
}
