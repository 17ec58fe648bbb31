import { toTrace } from "../../page/model/trace.ts";

const tags = (values: Record<string, string | number>) =>
  Object.entries(values).map(([key, value]) => ({ key, value }));

/** A trace of `GET /hello` as Jaeger gives it: spans in no order. */
export const jaegerTrace = {
  traceID: "aa11",
  processes: { p1: { serviceName: "python-api" } },
  spans: [
    {
      spanID: "c",
      operationName: "GET /hello http send",
      references: [{ refType: "CHILD_OF", spanID: "a" }],
      startTime: 1_700_000_000_009_900,
      duration: 20,
      processID: "p1",
      tags: tags({ "span.kind": "internal", "asgi.event.type": "http.response.body" }),
    },
    {
      spanID: "b",
      operationName: "GET",
      references: [{ refType: "CHILD_OF", spanID: "a" }],
      startTime: 1_700_000_000_002_500,
      duration: 5_000,
      processID: "p1",
      tags: tags({
        "span.kind": "client",
        "url.full": "http://127.0.0.1:1/users/<o>",
        "http.response.status_code": 503,
        "error.type": "503",
      }),
    },
    {
      spanID: "a",
      operationName: "GET /hello",
      references: [{ refType: "CHILD_OF", spanID: "elsewhere" }],
      startTime: 1_700_000_000_000_000,
      duration: 10_000,
      processID: "p1",
      tags: tags({ "span.kind": "server", "http.route": "/hello", "client.port": 5 }),
    },
  ],
};

/** The same trace, put in order. */
export const exampleTrace = toTrace(jaegerTrace);
