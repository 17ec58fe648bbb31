import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { filesFolder } from "../../../components/api/injectedContainer.ts";
import { pythonInstrumentations } from "../../../components/api/pythonInjection.ts";
import { sampleApiSitePackages } from "../../../catalog/names.ts";
import { find, programRun } from "../../../review/program/runs.ts";

describe("SampleApi", () => {
  it("runs the image of the settings, injected for Python, with its upstream", async () => {
    const sampleApi = JSON.stringify({
      image: "registry.example/api:1",
      replicas: 2,
      upstreamUrl: "https://up.example",
    });
    const { inputs } = find(await programRun({ sampleApi }), "Deployment", "python-api");
    const { replicas, template } = inputs["spec"] as {
      replicas: number;
      template: { metadata: { annotations: object }; spec: { containers: { image: string; env: unknown[] }[] } };
    };
    const [container] = template.spec.containers;
    assert.deepEqual([replicas, container?.image], [2, "registry.example/api:1"]);
    assert.deepEqual(container?.env[0], { name: "UPSTREAM_URL", value: "https://up.example" });
    assert.ok("instrumentation.opentelemetry.io/inject-python" in template.metadata.annotations);
  });

  it("is instrumented as far as it is made, and by nothing else", async () => {
    const { inputs } = find(await programRun(), "Deployment", "python-api");
    const { template } = inputs["spec"] as {
      template: { spec: { containers: [{ env: { name: string; value: string }[] }] } };
    };
    const variables = new Map(template.spec.containers[0].env.map(({ name, value }) => [name, value]));
    const disabled = variables.get("OTEL_PYTHON_DISABLED_INSTRUMENTATIONS")?.split(",") ?? [];
    assert.deepEqual(
      pythonInstrumentations.filter((name) => !disabled.includes(name)),
      ["fastapi", "httpx", "system_metrics"],
    );
  });

  it("has its packages before the injected ones, from where its image has them", async () => {
    const { inputs } = find(await programRun(), "Deployment", "python-api");
    const value = `${filesFolder}:${sampleApiSitePackages}`;
    assert.ok(JSON.stringify(inputs).includes(JSON.stringify({ name: "PYTHONPATH", value })));
    const dockerfile = readFileSync(join(import.meta.dirname, "../../../apps/python-api/Dockerfile"), "utf8");
    const [, minor = "none"] = /FROM python:(3\.\d+)/.exec(dockerfile) ?? [];
    const [, environment = "none"] = /RUN python -m venv (\S+)/.exec(dockerfile) ?? [];
    assert.equal(sampleApiSitePackages, `${environment}/lib/python${minor}/site-packages`);
  });

  it("lives in a namespace of its own", async () => {
    const run = await programRun();
    for (const kind of ["Deployment", "Service"]) {
      const { metadata } = find(run, kind, "python-api").inputs as { metadata: { namespace: string } };
      assert.equal(metadata.namespace, "python-api");
    }
    assert.ok(find(run, "Namespace", "python-api"));
  });

  it("has new pods when the Instrumentation changes, and only then", async () => {
    const hash = async (config: Record<string, string>) => {
      const { inputs } = find(await programRun(config), "Deployment", "python-api");
      const { template } = inputs["spec"] as { template: { metadata: { annotations: Record<string, string> } } };
      return template.metadata.annotations["fluffy-observability/instrumentation-hash"];
    };
    const before = await hash({});
    assert.match(before ?? "", /^[0-9a-f]{12}$/);
    assert.notEqual(await hash({ instrumentation: '{"samplingRatio":0.5}' }), before);
    assert.equal(await hash({ collector: '{"debug":true}' }), before);
  });
});
