import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadAll } from "js-yaml";
import { bundleKey } from "../../../artifacts/artifact.ts";
import { unpack } from "../../../artifacts/tarball.ts";
import { clusterMetricsService } from "../../../components/backends/clusterMetrics.ts";
import { podMonitors, serviceMonitors } from "../../../components/backends/monitors.ts";
import { histogramsPort, jobs } from "../../../catalog/names.ts";
import { parseSettings } from "../../../settings/read.ts";
import { bundles, charts } from "../../../catalog/versions.ts";
import { find, programRun } from "../../../review/program/runs.ts";
import { mirror } from "../../../review/program/mirror.ts";
import { hasReference, recorded, type RecordedObject } from "../../support/reference.ts";
import { off } from "../../../review/program/variants.ts";

const settings = parseSettings({});
const v1 = parseSettings({ jaegerEngine: "operator" });

describe("monitors", () => {
  it("give the kubelets one job, whatever their Service is called", () => {
    const { kubelet } = serviceMonitors(settings);
    assert.equal(kubelet?.selector.matchLabels?.[kubelet.jobLabel ?? ""], jobs.kubelet);
  });

  it("log in to the metrics of a Grafana that has a host name", async () => {
    const access = { ingressClass: "nginx", hosts: { grafana: "grafana.example.org" } };
    const name = "grafana-metrics";
    assert.deepEqual(serviceMonitors(parseSettings({ access: JSON.stringify(access) }))["grafana"]?.endpoints, [
      { port: "grafana", basicAuth: { username: { name, key: "username" }, password: { name, key: "password" } } },
    ]);
    assert.deepEqual(serviceMonitors(settings)["grafana"]?.endpoints, [{ port: "grafana" }]);
    const { stringData } = find(await programRun({ access: JSON.stringify(access) }), "Secret", name).inputs as {
      stringData: { value: { username: string } };
    };
    // Secret as a whole, since a part of it is.
    const { value } = stringData;
    assert.deepEqual([Object.keys(value).sort(), value.username], [["password", "username"], "prometheus"]);
  });

  it("are of the parts that the stack installs", () => {
    const without = parseSettings({
      parts: off("certManager", "grafana", "logs", "clusterMetrics", "prometheusOperator"),
    });
    assert.deepEqual(Object.keys(serviceMonitors(without)), [
      "applications",
      "collector",
      "prometheus",
      "alertmanager",
      "kubelet",
      "opentelemetry-operator",
    ]);
    const more = Object.keys(serviceMonitors(settings)).filter((name) => !(name in serviceMonitors(without)));
    assert.deepEqual(more, [
      "log-agent",
      "log-agent-counts",
      "kube-state-metrics",
      "victoria-logs",
      "grafana",
      "grafana-operator",
      "prometheus-operator",
      "cert-manager",
    ]);
    assert.ok("jaeger-operator" in serviceMonitors(v1));
  });

  it("scrape the pod of Jaeger v1; the operator makes the monitor of v2", () => {
    assert.deepEqual(podMonitors(settings), {});
    assert.deepEqual(
      Object.keys(podMonitors(v1)).map((name) => `observability/${name}`),
      [jobs.jaegerV1],
    );
  });

  it("keep of the kubelets only what is left on volumes, without metrics of the cluster", () => {
    const { kubelet } = serviceMonitors(parseSettings({ parts: off("clusterMetrics") }));
    const [endpoint, ...others] = kubelet?.endpoints ?? [];
    assert.deepEqual(others, []);
    assert.deepEqual(endpoint?.metricRelabelings, [
      { sourceLabels: ["__name__"], regex: "kubelet_volume_stats_(available|capacity)_bytes", action: "keep" },
    ]);
  });

  it("show a token only where it is asked for, over TLS", () => {
    for (const { endpoints } of Object.values(serviceMonitors(v1))) {
      for (const { scheme, authorization } of endpoints) {
        assert.equal(authorization !== undefined, scheme === "https");
      }
    }
  });

  it("verify a certificate wherever there is a CA for it", () => {
    const unverified = (from: Parameters<typeof serviceMonitors>[0]) =>
      Object.entries(serviceMonitors(from)).flatMap(([name, { endpoints }]) =>
        endpoints.some(({ tlsConfig }) => tlsConfig !== undefined && "insecureSkipVerify" in tlsConfig) ? [name] : [],
      );
    // These two sign their own when they start.
    assert.deepEqual(unverified(v1), ["opentelemetry-operator", "jaeger-operator"]);
    const kind = parseSettings({ metricsServer: '{"kubeletInsecureTls":true}' });
    assert.deepEqual(unverified(kind), ["kubelet", "opentelemetry-operator"]);
  });

  it("name no file: Prometheus reads none for a monitor", () => {
    assert.doesNotMatch(JSON.stringify([serviceMonitors(v1), podMonitors(v1)]), /File"/);
  });

  describe("of real Services", () => {
    let services: RecordedObject[];

    before(function () {
      if (!hasReference || mirror === undefined) this.skip();
      services = [
        ...recorded("services.yaml"),
        ...recorded("grafana-service.yaml"),
        ...shipped(mirror),
        clusterMetricsService() as unknown as RecordedObject,
      ];
    });

    /** The jobs that come of a monitor's Service; the kubelet's is made by the Prometheus operator while it runs. */
    const expected: Readonly<Record<string, string>> = {
      collector: jobs.collector,
      prometheus: jobs.prometheus,
      alertmanager: jobs.alertmanager,
      grafana: jobs.grafana,
      "kube-state-metrics": jobs.kubeStateMetrics,
      "cert-manager": jobs.certManager,
      "prometheus-operator": jobs.prometheusOperator,
      "opentelemetry-operator": jobs.openTelemetryOperator,
      "grafana-operator": jobs.grafanaOperator,
      "jaeger-operator": jobs.jaegerOperator,
    };

    for (const [monitor, job] of Object.entries(expected)) {
      it(`find exactly one with the port: ${monitor}`, () => {
        const spec = serviceMonitors(v1)[monitor];
        const found = services.filter(({ metadata }) =>
          Object.entries(spec?.selector.matchLabels ?? {}).every(([key, value]) => metadata.labels?.[key] === value),
        );
        const port = spec?.endpoints[0]?.port;
        const withPort = found.filter(({ spec: of }) =>
          (of["ports"] as { name?: string }[]).some(({ name }) => name === port),
        );
        assert.deepEqual(
          withPort.map(({ metadata }) => metadata.name),
          [job],
        );
      });
    }

    it("find of what applications sent the Service that has its ports, and no headless one", () => {
      const { selector, endpoints } = serviceMonitors(v1)["applications"] ?? assert.fail("no monitor");
      const found = services.filter(({ metadata }) =>
        Object.entries(selector.matchLabels ?? {}).every(([key, value]) => metadata.labels?.[key] === value),
      );
      assert.deepEqual(
        found.map(({ metadata }) => metadata.name),
        [jobs.applications],
      );
      // The operator's name of an exporter's port: its id with a dash, of at most 15 characters.
      for (const { port } of endpoints) assert.match(port, /^prometheus-[a-z]{1,4}$/);
      assert.equal(endpoints[0]?.port, histogramsPort);
    });

    it("are all looked at", () => {
      assert.deepEqual(
        // The Service of the logs is the stack's own; those of their agent are named as the Collector's.
        new Set([
          ...Object.keys(expected),
          "applications",
          "kubelet",
          "victoria-logs",
          "log-agent",
          "log-agent-counts",
        ]),
        new Set(Object.keys(serviceMonitors(v1))),
      );
    });
  });
});

/** The Services in the operators' manifests and charts. */
function shipped(folder: string): RecordedObject[] {
  const texts = [
    ...[bundles.prometheusOperator, bundles.openTelemetryOperator, bundles.jaegerOperator].map((bundle) =>
      readFileSync(join(folder, "bundles", `${bundleKey(bundle)}.yaml`), "utf8"),
    ),
    ...Object.values(charts).map(({ name, version }) =>
      String(unpack(readFileSync(join(folder, "charts", `${name}-${version}.tgz`)))?.[`${name}/files/objects.yaml`]),
    ),
  ];
  // Only these documents: the CRDs are large.
  return texts.flatMap((text) =>
    text
      .split(/^---$/m)
      .filter((document) => /^kind: Service$/m.test(document))
      .flatMap((document) => loadAll(document) as RecordedObject[]),
  );
}
