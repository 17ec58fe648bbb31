import assert from "node:assert/strict";
import { type ProgramRun } from "../../review/program/program.ts";
import { type RecordedObject, hasReference, recorded } from "../support/reference.ts";
import { find, programRun } from "../../review/program/runs.ts";

interface Port {
  name: string;
  port: number;
}

interface Spec {
  [field: string]: unknown;
  exporter: { endpoint: string };
  sampler: { type: string; argument: string };
  propagators: string[];
  datasource: { url: string };
  config: { exporters: Record<string, { endpoint: string }> };
  alerting: { alertmanagers: { namespace: string; name: string; port: string }[] };
  template: { metadata: { annotations: Record<string, string> } };
}

/** What real operators made of such objects, against what the program tells its users and its own parts. */
describe("the recorded reference", function () {
  this.slow(1000);
  let services: RecordedObject[];

  before(async function () {
    if (!hasReference) this.skip();
    // These are the program's own.
    const run = await programRun();
    const own = ["prometheus", "victoria-logs"].map((name) => find(run, "Service", name).inputs);
    services = [
      ...recorded("services.yaml"),
      ...recorded("grafana-service.yaml"),
      ...(own as unknown as RecordedObject[]),
    ];
  });

  const portsOf = ({ spec }: RecordedObject) => spec["ports"] as Port[];

  /** Insists on a recorded Service with that port; `address` is `service.namespace.svc:port`, with a scheme or not. */
  function assertServed(address: string): void {
    const [, name, namespace, port] = /^(?:http:\/\/)?([^.:]+)\.([^.:]+)\.svc:(\d+)$/.exec(address) ?? [];
    const service = services.find(({ metadata }) => metadata.name === name && metadata.namespace === namespace);
    assert.ok(service, `there is a Service for ${address}`);
    assert.ok(
      portsOf(service).some((candidate) => candidate.port === Number(port)),
      `${address}: the Service has ${portsOf(service)
        .map((candidate) => candidate.port)
        .join(", ")}`,
    );
  }

  for (const engine of ["v2", "operator"]) {
    describe(`engine ${engine}`, () => {
      let run: ProgramRun;
      const spec = (kind: string, name: string) => find(run, kind, `${kind}-${name}`).inputs["spec"] as Spec;

      before(async () => {
        run = await programRun(engine === "v2" ? {} : { jaegerEngine: engine });
      });

      for (const name of [
        "jaegerUrl",
        "prometheusUrl",
        "alertmanagerUrl",
        "grafanaUrl",
        "collectorOtlpGrpc",
        "collectorOtlpHttp",
      ]) {
        it(`has the Service and the port of output ${name}`, () => {
          assertServed(String(run.outputs[name]));
        });
      }

      it("has the Services and ports of the port forwards, but for the program's own Services", () => {
        const { sampleApi, ...forwards } = run.outputs["portForwards"] as Record<string, string>;
        for (const command of Object.values(forwards)) {
          const [, namespace = "", service = "", local = "", remote = ""] =
            /^kubectl port-forward --namespace (\S+) service\/(\S+) (\d+):(\d+)$/.exec(command) ?? [];
          assertServed(`${service}.${namespace}.svc:${remote}`);
          assert.equal(local, remote);
        }
        assert.equal(sampleApi, "kubectl port-forward --namespace python-api service/python-api 8000:8000");
      });

      it("has what the collector sends to, what is injected sends to, and what Grafana asks", () => {
        assertServed(spec("OpenTelemetryCollector", "otel").config.exporters["otlp_grpc/jaeger"]?.endpoint ?? "");
        assertServed(spec("Instrumentation", "python").exporter.endpoint);
        for (const source of ["prometheus", "jaeger", "victoria-logs"])
          assertServed(spec("GrafanaDatasource", source).datasource.url);
      });

      it("has the port that Prometheus sends alerts to", () => {
        for (const { namespace, name, port } of spec("Prometheus", "prometheus").alerting.alertmanagers) {
          const service = services.find(({ metadata }) => metadata.name === name && metadata.namespace === namespace);
          assert.ok(service && portsOf(service).some((candidate) => candidate.name === port));
        }
      });
    });
  }

  it("has Services of custom resources of the same names", async () => {
    const runs = [await programRun(), await programRun({ jaegerEngine: "operator" })];
    const own = runs.flatMap(({ registered }) => registered.map(({ inputs }) => nameOf(inputs)));
    const names = services.flatMap(({ metadata: { namespace, ownerReferences = [] } }) =>
      ownerReferences.map(({ kind, name }) => nameOf({ kind, metadata: { name, namespace } })),
    );
    assert.equal(new Set(names).size, 6);
    assert.deepEqual(
      names.filter((name) => !own.includes(name)),
      [],
    );
  });

  it("has pods of Prometheus that the program's own Service selects, with its port", async () => {
    const { selector, ports } = find(await programRun(), "Service", "prometheus").inputs["spec"] as {
      selector: Record<string, string>;
      ports: { targetPort: string }[];
    };
    const workloads = recorded("workloads.yaml").filter(({ kind }) => ["Deployment", "StatefulSet"].includes(kind));
    const selected = workloads.filter(({ spec }) => {
      const labels = (spec["template"] as { metadata: { labels?: Record<string, string> } }).metadata.labels ?? {};
      return Object.entries(selector).every(([label, value]) => labels[label] === value);
    });
    assert.deepEqual(
      selected.map(({ kind, metadata }) => [kind, metadata.name]),
      [["StatefulSet", "prometheus-prometheus"]],
    );
    assert.ok(JSON.stringify(selected).includes(`"name":"${ports[0]?.targetPort}"`));
  });

  it("has Grafana read its login from the program's Secret", async () => {
    const { outputs, ...run } = await programRun();
    const [deployment] = recorded("grafana-deployment.yaml");
    const secret = find({ outputs, ...run }, "Secret", "grafana-admin-credentials").inputs as {
      metadata: { name: string; namespace: string };
      stringData: { value: Record<string, string> };
    };
    const read = JSON.stringify(deployment).matchAll(/"secretKeyRef":\{"key":"(\w+)","name":"([\w-]+)"\}/g);
    assert.deepEqual(
      [...read].map(([, key, name]) => [name, key]).sort(),
      Object.keys(secret.stringData.value)
        .map((key) => [secret.metadata.name, key])
        .sort(),
    );
    assert.deepEqual(outputs["grafanaAdminSecret"], {
      name: secret.metadata.name,
      namespace: secret.metadata.namespace,
    });
    assert.equal(deployment?.metadata.namespace, secret.metadata.namespace);
  });

  it("has a pod that was injected for the annotation that the program writes and tells", async () => {
    const run = await programRun();
    const [pod] = recorded("injected-pod.yaml");
    const { template } = find(run, "Deployment", "python-api").inputs["spec"] as Spec;
    const key = "instrumentation.opentelemetry.io/inject-python";
    assert.deepEqual(
      [template.metadata.annotations[key], run.outputs["instrumentation"]],
      [pod?.metadata.annotations?.[key], pod?.metadata.annotations?.[key]],
    );
  });

  it("has a pod with the environment that the Instrumentation says", async () => {
    const spec = find(await programRun(), "Instrumentation", "Instrumentation-python").inputs["spec"] as Spec;
    const [pod] = recorded("injected-pod.yaml");
    const [{ env }] = pod?.spec["containers"] as [{ env: { name: string; value?: string }[] }];
    const value = (name: string) => env.find((variable) => variable.name === name)?.value;
    assert.deepEqual(
      [spec.exporter.endpoint, spec.sampler.type, spec.sampler.argument, spec.propagators.join(",")],
      ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_TRACES_SAMPLER", "OTEL_TRACES_SAMPLER_ARG", "OTEL_PROPAGATORS"].map(value),
    );
  });
});

function nameOf({ kind, metadata }: { kind?: unknown; metadata?: unknown }): string {
  const { name, namespace } = (metadata ?? {}) as Partial<RecordedObject["metadata"]>;
  return `${String(kind)} ${namespace ?? ""}/${name ?? ""}`;
}
