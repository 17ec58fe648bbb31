/** Base URLs of what the page reads; no log store where there is none. */
export interface Sources {
  prometheus: string;
  jaeger: string;
  logs?: string;
}

/** What may be asked of each: it only reads, and it is what the page needs. */
const allowed: Readonly<Record<keyof Sources, RegExp>> = {
  prometheus: /^\/api\/v1\/(query|query_range|query_exemplars|rules|label\/\w+\/values)$/,
  jaeger: /^\/api\/(services|traces|traces\/[0-9a-f]{1,32})$/,
  logs: /^\/select\/logsql\/(query|stats_query_range)$/,
};

const TIMEOUT_MS = 30_000;

/**
 * Where a request of the page goes.
 *
 * @param path such as `/prometheus/api/v1/query`
 * @param search with its `?`
 * @returns undefined for what the page may not ask
 */
export function targetOf(sources: Sources, path: string, search: string): string | undefined {
  const [, name = "", rest = ""] = /^\/(prometheus|jaeger|logs)(\/.*)$/.exec(path) ?? [];
  const source = name as keyof Sources;
  const base = sources[source];
  return base !== undefined && allowed[source].test(rest) ? `${base}${rest}${search}` : undefined;
}

/** What a source answered. */
export interface Answer {
  status: number;
  type: string;
  body: string;
}

/** Asks a source; one that does not answer is an answer too: it says which one. */
export async function ask(url: string): Promise<Answer> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: "error" });
    const type = response.headers.get("content-type") ?? "text/plain";
    return { status: response.status, type, body: await response.text() };
  } catch {
    const error = `nothing answers at ${new URL(url).origin}`;
    return { status: 502, type: "application/json", body: JSON.stringify({ error }) };
  }
}
