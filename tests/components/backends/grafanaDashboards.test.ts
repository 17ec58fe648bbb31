import assert from "node:assert/strict";
import { dashboardSpecs, folderSpecs } from "../../../components/backends/grafanaDashboards.ts";
import { parseSettings } from "../../../settings/read.ts";

describe("dashboardSpecs", () => {
  const settings = parseSettings({});

  it("hold each dashboard as JSON, under its own uid, in a folder that is there", () => {
    const folders = new Set<string | undefined>(folderSpecs(settings.grafana).map(({ uid }) => uid));
    const specs = dashboardSpecs(settings);
    assert.equal(specs.length, 7);
    for (const { uid, json, folderRef } of specs) {
      assert.equal((JSON.parse(json) as { uid: string }).uid, uid);
      assert.ok(folders.has(folderRef), folderRef);
    }
  });

  it("stay far below what the API server takes for one object", () => {
    for (const { uid, json } of dashboardSpecs(settings)) assert.ok(json.length < 100_000, `${uid}: ${json.length}`);
  });

  it("go to other namespaces when the settings say so", () => {
    for (const allowCrossNamespaceImport of [false, true]) {
      const chosen = parseSettings({ grafana: JSON.stringify({ allowCrossNamespaceImport }) });
      for (const spec of [...dashboardSpecs(chosen), ...folderSpecs(chosen.grafana)]) {
        assert.equal(spec.allowCrossNamespaceImport, allowCrossNamespaceImport);
      }
    }
  });
});
