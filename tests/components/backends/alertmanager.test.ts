import assert from "node:assert/strict";
import { alertmanagerSpec } from "../../../components/backends/alertmanager.ts";
import { parseSettings } from "../../../components/settings.ts";

const specFor = (alertmanager: object = {}) =>
  alertmanagerSpec(parseSettings({ alertmanager: JSON.stringify(alertmanager) }).alertmanager);

describe("alertmanagerSpec", () => {
  it("takes its size from the settings", () => {
    const { replicas, storage } = specFor({ replicas: 3, volumeSize: "1Gi" });
    assert.equal(replicas, 3);
    assert.deepEqual(storage?.volumeClaimTemplate.spec.resources, { requests: { storage: "1Gi" } });
  });

  it("has no volume unless told so", () => {
    assert.equal(specFor().storage, undefined);
  });

  it("reads the configurations of teams in every namespace", () => {
    const { alertmanagerConfigSelector, alertmanagerConfigNamespaceSelector } = specFor();
    assert.deepEqual([alertmanagerConfigSelector, alertmanagerConfigNamespaceSelector], [{}, {}]);
  });
});
