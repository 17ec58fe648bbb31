import assert from "node:assert/strict";
import { clusterProcessor } from "../../../components/telemetry/podIdentity.ts";
import { listeningPorts, localCollectorConfig, loopbackCollector } from "../../../sandbox/telemetry/collectorConfig.ts";
import { userPorts } from "../../../sandbox/telemetry/loopback.ts";
import { stackObjects } from "../../../scripts/bench/renderedObjects.ts";

describe("localCollectorConfig", () => {
  const { collector } = stackObjects();

  it("changes addresses, leaves out what asks a cluster for pods, and changes nothing else", () => {
    const config = structuredClone(collector.spec.config);
    delete config.processors?.[clusterProcessor];
    const expected = JSON.stringify(config)
      .replaceAll(`"${clusterProcessor}",`, "")
      .replaceAll("0.0.0.0", "127.0.0.1")
      .replace("jaeger-collector.observability.svc:4317", "127.0.0.1:14317")
      .replace("victoria-logs.observability.svc:9428", "127.0.0.1:9428");
    assert.deepEqual(localCollectorConfig(collector, userPorts), JSON.parse(expected));
  });

  it("leaves out Kubernetes' events, which this build does not know", () => {
    const { collector: watching } = stackObjects({ logs: '{"kubernetesEvents":true}' });
    assert.match(JSON.stringify(watching.spec.config), /k8s_events.*k8s_leader_elector/);
    const { extensions, receivers, service } = localCollectorConfig(watching, userPorts);
    const { pipelines } = service;
    assert.doesNotMatch(JSON.stringify([extensions, receivers, service.extensions, pipelines]), /k8s_(events|leader)/);
    assert.deepEqual(Object.keys(pipelines), Object.keys(localCollectorConfig(collector, userPorts).service.pipelines));
  });

  it("encrypts nothing: there is no certificate for this machine", () => {
    const sampling = {
      collector: '{"tailSampling":{"enabled":true}}',
      instrumentation: '{"samplingRatio":1}',
    };
    const plain = stackObjects(sampling);
    const encrypted = stackObjects({ ...sampling, tls: '{"internal":true,"applications":true}' });
    assert.match(JSON.stringify(encrypted.collector.spec.config), /cert_file.*ca_file/);
    for (const name of ["collector", "tailSampler", "jaeger"] as const) {
      const [one, other] = [plain[name], encrypted[name]];
      assert.ok(one !== undefined && other !== undefined);
      assert.deepEqual(
        loopbackCollector(other, userPorts.collector, userPorts),
        loopbackCollector(one, userPorts.collector, userPorts),
        name,
      );
    }
  });

  it("shows the collector's own metrics where the operator puts them, unless the configuration says where", () => {
    const silent = structuredClone(collector);
    delete silent.spec.config.service.telemetry;
    assert.deepEqual(localCollectorConfig(silent, userPorts).service.telemetry, {
      metrics: { readers: [{ pull: { exporter: { prometheus: { host: "127.0.0.1", port: 8888 } } } }] },
    });
  });

  it("keeps what the live configuration says of the collector's own telemetry", () => {
    const own = structuredClone(collector);
    own.spec.config.service.telemetry = { logs: { level: "warn" }, metrics: { level: "detailed" } };
    const { telemetry } = localCollectorConfig(own, userPorts).service;
    assert.deepEqual(telemetry, { logs: { level: "warn" }, metrics: { level: "detailed" } });
  });
});

describe("listeningPorts", () => {
  it("finds what listens, not what is sent to", () => {
    const ports = listeningPorts(localCollectorConfig(stackObjects().collector, userPorts));
    assert.deepEqual(
      ports.toSorted((a, b) => a - b),
      [4317, 4318, 8888, 8889, 8890, 8891, 8892, 8893, 13133],
    );
  });
});
