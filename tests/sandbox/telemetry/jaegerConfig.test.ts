import assert from "node:assert/strict";
import { localJaegerConfig } from "../../../sandbox/telemetry/jaegerConfig.ts";
import { userPorts } from "../../../sandbox/telemetry/loopback.ts";
import { stackObjects } from "../../../scripts/bench/renderedObjects.ts";

function config(jaeger: Record<string, unknown>) {
  const objects = stackObjects({ jaeger: JSON.stringify(jaeger) });
  return localJaegerConfig(objects.jaeger, userPorts, "/state/volumes");
}

function backends(jaeger: Record<string, unknown>): unknown {
  return (config(jaeger).extensions?.jaeger_storage as { backends: unknown }).backends;
}

describe("localJaegerConfig", () => {
  it("gives way to the collector's ports and keeps the query's", () => {
    const { receivers, extensions, service } = config({});
    assert.deepEqual(receivers.otlp, {
      protocols: { grpc: { endpoint: "127.0.0.1:14317" }, http: { endpoint: "127.0.0.1:14318" } },
    });
    const query = extensions?.jaeger_query as Record<string, unknown>;
    assert.deepEqual(query.http, { endpoint: "127.0.0.1:16686" });
    assert.match(JSON.stringify(service.telemetry), /"port":18888/);
  });

  it("keeps the memory storage as it is", () => {
    assert.deepEqual(backends({ maxTraces: 7 }), { traces: { memory: { max_traces: 7 } } });
  });

  it("puts Badger's folders below the state folder and keeps the rest", () => {
    assert.deepEqual(backends({ storage: "badger", retention: "48h" }), {
      traces: {
        badger: {
          directories: { keys: "/state/volumes/badger/keys", values: "/state/volumes/badger/values" },
          ephemeral: false,
          ttl: { spans: "48h" },
        },
      },
    });
  });

  it("says what to set for a storage that does not run here", () => {
    assert.throws(() => config({ storage: "elasticsearch", elasticsearchUrl: "http://es:9200" }), {
      name: "UserError",
      message: /"elasticsearch" does not run on this machine: set jaeger\.storage to memory or badger/,
    });
  });
});
