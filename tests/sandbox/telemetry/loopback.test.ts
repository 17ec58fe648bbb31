import assert from "node:assert/strict";
import {
  hostMappings,
  loopbackConfig,
  mapHosts,
  type PortMap,
  portsFrom,
  userPorts,
} from "../../../sandbox/telemetry/loopback.ts";

describe("portsFrom", () => {
  it("ends with the last port there is where --port is the highest that is allowed", () => {
    const own = Object.values<number | PortMap>({ ...portsFrom(65499 + 10) }).flatMap((ports) =>
      typeof ports === "number" ? [ports] : Object.values(ports),
    );
    assert.equal(Math.max(...own), 65535);
  });
});

const mappings = hostMappings(userPorts);

describe("hostMappings", () => {
  it("keeps the collector on its ports and moves Jaeger's receivers away from them", () => {
    assert.deepEqual(mappings, [
      { inCluster: "otel-collector.observability.svc:4317", local: "127.0.0.1:4317" },
      { inCluster: "otel-collector.observability.svc:4318", local: "127.0.0.1:4318" },
      { inCluster: "otel-sampling-collector-headless.observability.svc:4317", local: "127.0.0.1:24317" },
      { inCluster: "jaeger-collector.observability.svc:4317", local: "127.0.0.1:14317" },
      { inCluster: "jaeger-collector.observability.svc:4318", local: "127.0.0.1:14318" },
      { inCluster: "prometheus.observability.svc:9090", local: "127.0.0.1:9090" },
      { inCluster: "alertmanager-operated.observability.svc:9093", local: "127.0.0.1:9093" },
      { inCluster: "victoria-logs.observability.svc:9428", local: "127.0.0.1:9428" },
      { inCluster: "victoria-logs.observability.svc:9429", local: "127.0.0.1:9428" },
      { inCluster: "python-api.python-api.svc:8000", local: "127.0.0.1:8000" },
    ]);
  });
});

describe("mapHosts", () => {
  it("maps the address inside a URL, with the cluster's domain or without", () => {
    const map = (text: string) => mapHosts(text, mappings, "here");
    assert.equal(map("http://otel-collector.observability.svc:4318"), "http://127.0.0.1:4318");
    assert.equal(map("otel-collector.observability.svc.cluster.local:4317"), "127.0.0.1:4317");
    assert.equal(map("https://api.github.com/users/octocat"), "https://api.github.com/users/octocat");
  });

  it("leaves a host outside that has a label svc", () => {
    for (const host of ["metrics.svc.example.org:4317", "a.b.svc.cluster.local.example.org", "a.b.svc4:43"])
      assert.equal(mapHosts(`http://${host}/x`, mappings, "here"), `http://${host}/x`);
  });

  for (const address of ["tempo.observability.svc:4317", "otel-collector.observability.svc:9411", "a.b.svc"]) {
    it(`refuses ${address}, which nothing stands for`, () => {
      assert.throws(() => mapHosts(`http://${address}/x`, mappings, "key endpoint"), {
        name: "UserError",
        message: new RegExp(`^key endpoint: nothing on this machine stands for "${address}"`),
      });
    });
  }
});

describe("loopbackConfig", () => {
  const map = { 4317: 14317, 8888: 18888 };
  const local = <Config>(config: Config) => loopbackConfig(config, map, mappings, "X");

  it("listens on loopback, on the port of the map or the same one", () => {
    assert.deepEqual(local({ a: ["0.0.0.0:4317", "[::]:5000", ":8888"], b: { host: "0.0.0.0", port: 8888 } }), {
      a: ["127.0.0.1:14317", "127.0.0.1:5000", "127.0.0.1:18888"],
      b: { host: "127.0.0.1", port: 18888 },
    });
  });

  it("maps a name and its port also where they stand apart", () => {
    const dns = { hostname: "otel-sampling-collector-headless.observability.svc", port: "4317" };
    assert.deepEqual(local({ resolver: { dns } }), { resolver: { dns: { hostname: "127.0.0.1", port: "24317" } } });
  });

  it("leaves everything else as it is", () => {
    const config = { endpoint: "10.0.0.1:4317", batch: {}, n: 4317, none: null, when: "1:30", host: "0.0.0.0" };
    assert.deepEqual(local(config), config);
  });

  it("names the key of a host that is not to be had", () => {
    assert.throws(() => local({ exporters: { otlp: [{ endpoint: "tempo.x.svc:1" }] } }), {
      message: /^X, key exporters\.otlp\[0\]\.endpoint: nothing/,
    });
  });
});
