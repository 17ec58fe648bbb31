import assert from "node:assert/strict";
import { jaegerConfig } from "../../../components/backends/jaegerConfig.ts";
import { parseSettings } from "../../../settings/read.ts";

type Extensions = {
  jaeger_storage: { backends: Record<string, Record<string, unknown>>; metric_backends: Record<string, unknown> };
  jaeger_query: { storage: { traces: string; metrics: string }; http: unknown; grpc: unknown };
};

const metrics = { url: "http://prometheus:9090" };
const configFor = (jaeger: object = {}) =>
  jaegerConfig(parseSettings({ jaeger: JSON.stringify(jaeger) }).jaeger, { metrics });
const extensions = (jaeger?: object) => configFor(jaeger).extensions as unknown as Extensions;
const backend = (jaeger: object) => Object.values(extensions(jaeger).jaeger_storage.backends)[0];

describe("jaegerConfig", () => {
  it("writes to and reads from the same backend", () => {
    const { jaeger_storage, jaeger_query } = extensions();
    const [name] = Object.keys(jaeger_storage.backends);
    assert.deepEqual(configFor().exporters["jaeger_storage_exporter"], { trace_storage: name });
    assert.equal(jaeger_query.storage.traces, name);
    assert.ok(jaeger_query.storage.metrics in jaeger_storage.metric_backends);
  });

  it("uses every component that it configures", () => {
    const { receivers, processors = {}, exporters, extensions: parts = {}, service } = configFor();
    const { traces } = service.pipelines;
    assert.deepEqual(
      [traces?.receivers, traces?.processors, traces?.exporters, service.extensions],
      [receivers, processors, exporters, parts].map((part) => Object.keys(part)),
    );
  });

  it("serves its pages and its API on the ports that users know", () => {
    const { http, grpc } = extensions().jaeger_query;
    assert.deepEqual([http, grpc], [{ endpoint: "0.0.0.0:16686" }, { endpoint: "0.0.0.0:16685" }]);
  });

  it("keeps traces in memory, on Badger or in Elasticsearch", () => {
    assert.deepEqual(backend({ maxTraces: 7 }), { memory: { max_traces: 7 } });
    assert.deepEqual(backend({ storage: "badger", retention: "48h" }), {
      badger: {
        directories: { keys: "/badger/keys", values: "/badger/values" },
        ephemeral: false,
        ttl: { spans: "48h" },
      },
    });
    const elasticsearch = { storage: "elasticsearch", elasticsearchUrl: "https://es.example:9200" };
    assert.deepEqual(backend(elasticsearch), { elasticsearch: { server_urls: ["https://es.example:9200"] } });
  });

  it("reads span metrics from Prometheus under the names that the collector gives them", () => {
    assert.match(
      JSON.stringify(extensions().jaeger_storage.metric_backends),
      /"endpoint":"http:\/\/prometheus:9090","metric_namespace":"traces_span_metrics"/,
    );
  });
});
