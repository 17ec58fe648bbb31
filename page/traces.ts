import { z } from "zod";
import { getJson } from "./http.ts";
import { toTrace, type Trace } from "./model/trace.ts";

const tags = z.array(z.object({ key: z.string(), value: z.union([z.string(), z.number(), z.boolean()]) }));

const jaegerTraces = z.object({
  data: z.array(
    z.object({
      traceID: z.string(),
      spans: z.array(
        z.object({
          spanID: z.string(),
          operationName: z.string(),
          references: z.array(z.object({ refType: z.string(), spanID: z.string() })),
          startTime: z.number(),
          duration: z.number(),
          tags,
          processID: z.string(),
        }),
      ),
      processes: z.record(z.string(), z.object({ serviceName: z.string(), tags: tags.optional() })),
    }),
  ),
});

/** What to look for in Jaeger. */
export interface TraceQuery {
  service: string;
  /** Name of a span. @default any */
  operation?: string;
  /** @default 1 hour */
  lookbackMinutes?: number;
  limit: number;
}

/**
 * Traces from Jaeger's query API, the newest first.
 *
 * @param jaeger base URL
 */
export async function findTraces(jaeger: string, query: TraceQuery): Promise<Trace[]> {
  const end = Date.now() * 1000;
  const parameters = new URLSearchParams({
    service: query.service,
    limit: String(query.limit),
    // Without an end of its own Jaeger leaves out what came in the last moments.
    end: String(end),
    start: String(end - (query.lookbackMinutes ?? 60) * 60e6),
    ...(query.operation === undefined ? {} : { operation: query.operation }),
  });
  const { data } = jaegerTraces.parse(await getJson(`${jaeger}/api/traces?${parameters.toString()}`));
  return data.map(toTrace).sort((a, b) => b.start - a.start);
}

/** A trace by its id; undefined when Jaeger does not know it. */
export async function getTrace(jaeger: string, id: string): Promise<Trace | undefined> {
  const answer = await getJson(`${jaeger}/api/traces/${id}`, [404]);
  const [trace] = answer === undefined ? [] : jaegerTraces.parse(answer).data;
  return trace === undefined ? undefined : toTrace(trace);
}
