import assert from "node:assert/strict";
import {
  clusterUrl,
  collectorEndpoints,
  endpoints,
  hasLogStore,
  jaegerOtlpEndpoint,
  portForward,
} from "../../catalog/endpoints.ts";
import { variants } from "../../review/program/variants.ts";
import { parseSettings } from "../../settings/read.ts";

const elsewhere = {
  parts: '{"jaeger":false,"logs":false,"grafana":false,"sampleApi":false}',
  jaeger: '{"endpoint":"jaeger.example:4317"}',
};
const urls = (config: Record<string, string>) =>
  Object.fromEntries(
    Object.entries({ ...endpoints(parseSettings(config)) }).map(([name, endpoint]) => [name, clusterUrl(endpoint)]),
  );

describe("endpoints", () => {
  it("has all that the stack makes", () => {
    assert.deepEqual(urls({}), {
      jaeger: "http://jaeger-collector-extension.observability.svc:16686",
      prometheus: "http://prometheus.observability.svc:9090",
      alertmanager: "http://alertmanager-operated.observability.svc:9093",
      logs: "http://victoria-logs.observability.svc:9428",
      grafana: "http://grafana-service.observability.svc:3000",
      sampleApi: "http://python-api.python-api.svc:8000",
    });
  });

  it("has another Service for Jaeger v1, on the same port", () => {
    assert.equal(urls({ jaegerEngine: "operator" })["jaeger"], "http://simplest-query.observability.svc:16686");
  });

  it("are over TLS but for Grafana, and for what a gateway asks itself", () => {
    const tls = '{"internal":true}';
    const expected = {
      jaeger: "https://jaeger-collector-extension.observability.svc:16686",
      prometheus: "https://prometheus.observability.svc:9090",
      alertmanager: "https://alertmanager-operated.observability.svc:9093",
      logs: "https://victoria-logs.observability.svc:9429",
      grafana: "http://grafana-service.observability.svc:3000",
      sampleApi: "http://python-api.python-api.svc:8000",
    };
    assert.deepEqual(urls({ tls }), expected);
    assert.deepEqual(urls({ tls, ...variants["hosts behind oauth2-proxy"] }), expected);
    const byGateway = variants["hosts behind an Ingress controller that asks for a login"];
    assert.deepEqual(urls({ tls, ...byGateway }), urls({}));
  });

  it("has nothing of a part that is off", () => {
    assert.deepEqual(Object.keys(urls(elsewhere)), ["prometheus", "alertmanager"]);
  });
});

describe("hasLogStore", () => {
  it("is so unless logs are off or kept elsewhere", () => {
    const has = (config: Record<string, string>) => hasLogStore(parseSettings(config));
    assert.equal(has({}), true);
    assert.equal(has({ parts: '{"logs":false}' }), false);
    assert.equal(has({ logs: '{"otlpEndpoint":"https://logs.example"}' }), false);
  });
});

describe("jaegerOtlpEndpoint", () => {
  for (const [what, config, expected] of [
    ["v2", {}, "jaeger-collector.observability.svc:4317"],
    ["v1", { jaegerEngine: "operator" }, "simplest-collector.observability.svc:4317"],
    ["one elsewhere", elsewhere, "jaeger.example:4317"],
  ] as const) {
    it(`is that of ${what}`, () => {
      assert.equal(jaegerOtlpEndpoint(parseSettings(config)), expected);
    });
  }
});

describe("collectorEndpoints", () => {
  it("are host:port for gRPC and a URL for HTTP, as the SDKs take them", () => {
    assert.deepEqual(collectorEndpoints(parseSettings({})), {
      grpc: "otel-collector.observability.svc:4317",
      http: "http://otel-collector.observability.svc:4318",
    });
  });

  it("say by the scheme that applications send over TLS, whatever is encrypted behind the collector", () => {
    const http = (tls: object) => collectorEndpoints(parseSettings({ tls: JSON.stringify(tls) })).http;
    assert.equal(http({ applications: true }), "https://otel-collector.observability.svc:4318");
    assert.equal(http({ internal: true }), "http://otel-collector.observability.svc:4318");
  });
});

describe("portForward", () => {
  const endpoint = { namespace: "observability", service: "grafana-service", port: 3000 };
  const command = (context: string) => portForward(endpoint, context);

  it("is a command for the current context", () => {
    assert.equal(command(""), "kubectl port-forward --namespace observability service/grafana-service 3000:3000");
  });

  it("names the context of the settings", () => {
    assert.match(command("kind-dev"), /^kubectl port-forward --context kind-dev --namespace /);
    assert.match(
      command("arn:aws:eks:eu-west-1:1:cluster/a"),
      / --context arn:aws:eks:eu-west-1:1:cluster\/a --namespace /,
    );
  });

  it("quotes a context that a shell would not leave alone", () => {
    assert.match(command("my cluster"), / --context 'my cluster' --namespace /);
    assert.match(command("it's; rm"), / --context 'it'\\''s; rm' --namespace /);
  });
});
