import assert from "node:assert/strict";
import { grafanaInstance, instanceLabels, recreatedOnChange } from "../../../components/backends/grafanaInstance.ts";
import { programRun } from "../../../review/program/runs.ts";

const isOwn = ({ label }: { label: string }) => /^Grafana(Datasource|Folder|Dashboard) /.test(label);

describe("grafanaInstance", () => {
  it("finds the stack's Grafana by its labels, and others only where the settings say so", () => {
    for (const allowCrossNamespaceImport of [true, false]) {
      const expected = { instanceSelector: { matchLabels: instanceLabels }, allowCrossNamespaceImport };
      assert.deepEqual(grafanaInstance(allowCrossNamespaceImport), expected);
    }
  });

  it("is part of every data source, folder and dashboard", async () => {
    const { registered } = await programRun({ grafana: '{"allowCrossNamespaceImport":true}' });
    const specs = registered.filter(isOwn).map(({ inputs }) => inputs["spec"] as ReturnType<typeof grafanaInstance>);
    assert.ok(specs.length > 5);
    for (const { instanceSelector, allowCrossNamespaceImport } of specs) {
      assert.deepEqual({ instanceSelector, allowCrossNamespaceImport }, grafanaInstance(true));
    }
  });

  it("names the fields that cannot change in place as they are in a spec, and deletes the old object before the new one", () => {
    assert.equal(recreatedOnChange.deleteBeforeReplace, true);
    assert.deepEqual(recreatedOnChange.replaceOnChanges, [
      `spec.${Object.keys(grafanaInstance(true))[1] ?? ""}`,
      "spec.uid",
    ]);
  });
});
