import assert from "node:assert/strict";
import { find, programRun } from "../../../review/program/runs.ts";
import { variants } from "../../../review/program/variants.ts";

const encrypted = variants["TLS inside"] ?? {};

/** A part of a pod, or of a configuration, as far as these tests look. */
interface Spec {
  readonly config: {
    readonly receivers: Record<string, { protocols: Record<string, { tls?: object }> }>;
    readonly extensions: { jaeger_query: Record<"http" | "grpc", { tls?: object }>; jaeger_storage: object };
    readonly exporters: Record<string, { tls?: object; protocol?: { otlp: { tls?: object } }; logs_endpoint?: string }>;
  };
  readonly volumes: { name: string; secret?: { secretName: string } }[];
  readonly volumeMounts: object[];
  readonly exporter: object;
  readonly endpoints: { scheme?: string; tlsConfig?: object }[];
  readonly scrapeClass?: string;
}

const spec = async (name: string, config = encrypted, kind = "OpenTelemetryCollector") =>
  find(await programRun(config), kind, `${kind}-${name}`).inputs["spec"] as Spec;

const receiver = { cert_file: "/tls/tls.crt", key_file: "/tls/tls.key", reload_interval: "10s" };
const exporter = { ca_file: "/tls/ca.crt" };
const mount = { name: "tls", mountPath: "/tls", readOnly: true };

describe("TLS inside the cluster", () => {
  for (const [name, protocols] of [
    ["otel", ["grpc", "http"]],
    ["otel-sampling", ["grpc"]],
    ["jaeger", ["grpc", "http"]],
  ] as const) {
    it(`${name} takes OTLP over TLS, with a certificate that it reads anew`, async () => {
      const { config, volumes, volumeMounts } = await spec(name);
      const own = config.receivers["otlp"]?.protocols ?? {};
      assert.deepEqual(Object.keys(own), protocols);
      for (const { tls } of Object.values(own)) assert.deepEqual(tls, receiver);
      assert.deepEqual(volumes.at(-1), { name: "tls", secret: { secretName: `${name}-tls` } });
      assert.deepEqual(volumeMounts.at(-1), mount);
    });
  }

  it("spans go on to the second tier by its name, and to Jaeger", async () => {
    const hostname = "otel-sampling-collector-headless.observability.svc";
    const tier = (await spec("otel")).config.exporters["load_balancing"]?.protocol?.otlp.tls;
    assert.deepEqual(tier, { ...exporter, server_name_override: hostname });
    assert.deepEqual((await spec("otel-sampling")).config.exporters["otlp_grpc/jaeger"]?.tls, exporter);
    const prod = { tls: '{"internal":true}' };
    assert.deepEqual((await spec("otel", prod)).config.exporters["otlp_grpc/jaeger"]?.tls, exporter);
  });

  it("spans go to a Jaeger elsewhere as before, from either tier", async () => {
    const elsewhere = {
      parts: '{"jaeger":false}',
      jaeger: '{"endpoint":"jaeger.example.org:4317","url":"https://jaeger.example.org"}',
    };
    const plain = { insecure: true };
    const one = await spec("otel", { ...elsewhere, tls: '{"internal":true}' });
    assert.deepEqual(one.config.exporters["otlp_grpc/jaeger"]?.tls, plain);
    const two = await spec("otel-sampling", { ...encrypted, ...elsewhere });
    assert.deepEqual(two.config.exporters["otlp_grpc/jaeger"]?.tls, plain);
  });

  it("log records go to the store over TLS, from the collector and from every node", async () => {
    for (const name of ["otel", "logs"]) {
      const { "otlp_http/logs": logs } = (await spec(name)).config.exporters;
      assert.equal(logs?.logs_endpoint, "https://victoria-logs.observability.svc:9429/insert/opentelemetry/v1/logs");
      assert.deepEqual(logs.tls, exporter);
    }
    const { volumes, volumeMounts } = await spec("logs");
    assert.deepEqual(volumes.at(-1), { name: "tls", secret: { secretName: "logs-tls" } });
    assert.deepEqual(volumeMounts.at(-1), mount);
  });

  it("what is made of data is scraped over TLS, by the name of the Service", async () => {
    for (const [name, monitor, serverName] of [
      ["otel", "applications", "otel-collector.observability.svc"],
      ["logs", "log-agent-counts", "logs-collector.observability-node-agents.svc"],
    ] as const) {
      const { exporters } = (await spec(name)).config;
      const shown = Object.entries(exporters).filter(([id]) => id.startsWith("prometheus/"));
      assert.ok(shown.length > 0);
      for (const [id, { tls }] of shown) assert.deepEqual(tls, receiver, id);
      const { endpoints, scrapeClass } = await spec(monitor, encrypted, "ServiceMonitor");
      assert.equal(scrapeClass, "internal-ca");
      assert.equal(endpoints.length, shown.length);
      for (const { scheme, tlsConfig } of endpoints)
        assert.deepEqual([scheme, tlsConfig], ["https", { serverName }], monitor);
    }
    const { endpoints } = await spec("collector", encrypted, "ServiceMonitor");
    assert.deepEqual(endpoints, [{ port: "monitoring" }]);
  });

  it("Jaeger is asked over TLS, and asks Prometheus so", async () => {
    const { extensions } = (await spec("jaeger")).config;
    for (const server of ["http", "grpc"] as const) assert.deepEqual(extensions.jaeger_query[server].tls, receiver);
    assert.match(
      JSON.stringify(extensions.jaeger_storage),
      /"endpoint":"https:\/\/prometheus\..*"ca_file":"\/tls\/ca.crt"/,
    );
    const byGateway = variants["hosts behind an Ingress controller that asks for a login"];
    const plain = (await spec("jaeger", { tls: '{"internal":true}', ...byGateway })).config;
    assert.ok(!("tls" in plain.extensions.jaeger_query.http));
    assert.deepEqual(plain.receivers["otlp"]?.protocols["grpc"]?.tls, receiver);
  });

  it("injected pods get the CA from their namespace", async () => {
    assert.deepEqual((await spec("python", encrypted, "Instrumentation")).exporter, {
      endpoint: "https://otel-collector.observability.svc:4318",
      tls: { secretName: "otlp-ca", ca_file: "ca.crt" },
    });
  });

  it("the collector takes what applications send as before, where only the platform's parts encrypt", async () => {
    const { config } = await spec("otel", { tls: '{"internal":true}' });
    for (const { tls } of Object.values(config.receivers["otlp"]?.protocols ?? {})) assert.equal(tls, undefined);
  });

  it("every Secret that a pod mounts has a Certificate in its namespace", async () => {
    const { registered } = await programRun(encrypted);
    const certificates = registered
      .filter(({ inputs }) => inputs["kind"] === "Certificate")
      .map(({ inputs }) => (inputs["metadata"] as { namespace: string }).namespace + "/" + secretOf(inputs));
    for (const secret of [
      ...[
        ...["otel-tls", "otel-sampling-tls", "jaeger-tls", "victoria-logs-tls", "prometheus-tls", "alertmanager-tls"],
      ].map((name) => `observability/${name}`),
      ...["python-api", "orders"].map((namespace) => `${namespace}/otlp-ca`),
      "observability-node-agents/logs-tls",
      "cert-manager/fluffy-observability-ca",
    ]) {
      assert.ok(certificates.includes(secret), secret);
    }
    assert.deepEqual(
      find(await programRun(encrypted), "ClusterIssuer", "ClusterIssuer-fluffy-observability-ca").inputs["spec"],
      {
        ca: { secretName: "fluffy-observability-ca" },
      },
    );
  });

  it("a ClusterIssuer of the site signs without a CA of the stack", async () => {
    const { registered } = await programRun({ tls: '{"internal":true,"issuer":"ClusterIssuer/company-ca"}' });
    const kinds = registered.map(({ inputs }) => inputs["kind"]);
    assert.ok(kinds.includes("Certificate") && !kinds.includes("ClusterIssuer"));
  });
});

function secretOf(inputs: Readonly<Record<string, unknown>>): string {
  return (inputs["spec"] as { secretName: string }).secretName;
}
