import assert from "node:assert/strict";
import { find, programRun } from "../support/runs.ts";

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
      template: { metadata: { annotations: object }; spec: { containers: { image: string; env: unknown }[] } };
    };
    const [container] = template.spec.containers;
    assert.deepEqual(
      [replicas, container?.image, container?.env],
      [2, "registry.example/api:1", [{ name: "UPSTREAM_URL", value: "https://up.example" }]],
    );
    assert.ok("instrumentation.opentelemetry.io/inject-python" in template.metadata.annotations);
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
