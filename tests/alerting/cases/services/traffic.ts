import { type AlertCase, counter, type ExpectedAlert } from "../alertCase.ts";

export const metric = "http_server_request_duration_seconds";

/** Which share of the requests is bad, for how many samples, and how many requests there are between two samples. */
export type Segment = readonly [share: number, samples: number, requests?: number];

/** Requests between two samples, unless said otherwise. */
const usual = 120;

/** As many requests as in five usual hours, in ten minutes, and all are good. */
export const past: Segment = [0, 10, 30 * usual];

/** As many as in nearly seventeen hours. */
export const longPast: Segment = [0, 10, 100 * usual];

/** A service, and the shares that are told of it; none where nobody is told. */
export interface Situation {
  readonly bad: readonly Segment[];
  readonly critical?: string;
  readonly warning?: string;
}

/** What the cases of one objective have in common. */
interface Objective {
  /** Series of a service's requests. */
  readonly series: (service: string, bad: readonly Segment[]) => Record<string, string>;
  /** The alert about a service, at a share of bad requests. */
  readonly alert: (service: string, share: string, severity: string) => ExpectedAlert;
}

/**
 * One case of many services at once, each in a situation of its own: the time that a case takes does not grow with them.
 *
 * @param at when it is looked at
 * @param table situations by the name of the service
 * @param every time between two samples
 */
export function situations(
  { series, alert }: Objective,
  when: string,
  at: string,
  table: Readonly<Record<string, Situation>>,
  every = "1m",
): AlertCase {
  const services = Object.entries(table);
  return {
    when,
    every,
    series: Object.assign({}, ...services.map(([service, { bad }]) => series(service, bad))) as Record<string, string>,
    at: {
      [at]: services.flatMap(([service, { critical, warning }]) => [
        ...(critical === undefined ? [] : [alert(service, critical, "critical")]),
        ...(warning === undefined ? [] : [alert(service, warning, "warning")]),
      ]),
    },
  };
}

/** A counter of some of the requests. */
export function growth(bad: readonly Segment[], share: (bad: number) => number): string {
  return counter(...bad.map(([part, samples, requests = usual]) => [share(part) * requests, samples] as const));
}

/** That a service fails a share of its requests. */
export function failing(service: string, share: string, severity = "critical"): ExpectedAlert {
  return told(
    severity,
    service,
    `${service} fails more requests than its availability objective allows`,
    `${share} of the requests to ${service} in namespace shop are answered with a server error`,
  );
}

/** That a service answers a share of its requests late. */
export function late(service: string, share: string, severity = "critical"): ExpectedAlert {
  return told(
    severity,
    service,
    `${service} answers more requests late than its latency objective allows`,
    `${share} of the requests to ${service} in namespace shop take longer than its objective`,
  );
}

/** An alert about a service of namespace `shop`. */
export function told(severity: string, service: string, summary: string, description: string): ExpectedAlert {
  const labels = { severity, namespace: "shop", k8s_namespace_name: "shop", service_name: service };
  return { labels, summary, description };
}
