import assert from "node:assert/strict";
import { programRun } from "../../review/program/runs.ts";

describe("replacement", () => {
  it("is how everything in Grafana follows a change of its uid, and of what other namespaces may take", async () => {
    const { asked } = await programRun();
    const inGrafana = asked.filter(({ label }) => /^Grafana(Datasource|Folder|Dashboard) /.test(label));
    assert.equal(inGrafana.length, 3 + 2 + 7);
    for (const { label, replaceOnChanges } of inGrafana) {
      assert.deepEqual(replaceOnChanges, ["spec.allowCrossNamespaceImport", "spec.uid"], label);
    }
  });

  it("is how Jaeger gets or loses its volume: the operator refuses another mode", async () => {
    const { asked } = await programRun();
    const jaeger = asked.find(({ label }) => label === "OpenTelemetryCollector OpenTelemetryCollector-jaeger");
    assert.deepEqual(jaeger?.replaceOnChanges, ["spec.mode"]);
  });

  it("is asked for nowhere else", async () => {
    const { asked } = await programRun();
    const known = /^Grafana(Datasource|Folder|Dashboard) |-jaeger$/;
    const others = asked.filter(({ label, replaceOnChanges }) => replaceOnChanges.length > 0 && !known.test(label));
    assert.deepEqual(others, []);
  });
});
