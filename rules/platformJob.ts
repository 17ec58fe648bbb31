import { namespaces } from "../catalog/names.ts";

/** What is scraped from a program of the platform. */
export interface Program {
  /** One of `jobs`. */
  readonly job: string;
  /** Where it runs. */
  readonly namespace: string;
}

/**
 * Matches what Prometheus scrapes from a program of the platform. The name alone is not enough: a team may give its own
 * collector, or its own Prometheus, the same one.
 *
 * @param job one of `jobs`
 * @param namespace where the program runs
 * @returns matchers without braces
 */
export function platformJob(job: string, namespace: string = namespaces.observability): string {
  return `namespace="${namespace}",job="${job}"`;
}

/** The same for several programs. */
export function platformJobs(programs: readonly Program[]): string {
  const anyOf = (values: readonly string[]) => [...new Set(values)].join("|");
  return (
    `namespace=~"${anyOf(programs.map(({ namespace }) => namespace))}",` +
    `job=~"${anyOf(programs.map(({ job }) => job))}"`
  );
}
