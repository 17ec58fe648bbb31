import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { alertmanagerSpec } from "../../../components/backends/alertmanager.ts";
import { parseSettings } from "../../../settings/read.ts";
import { find, programRun } from "../../../review/program/runs.ts";

const value = "https://chat.example.org/hooks/only-for-us";

describe("Alertmanager", () => {
  const receivers = { team: { type: "webhook" } };
  const config = {
    alertmanager: JSON.stringify({ receivers, routes: [{ receiver: "team" }] }),
    alertSecrets: JSON.stringify({ team: value }),
  };

  it("puts secret values into a Secret, and nowhere else", async () => {
    const run = await programRun(config);
    const { inputs } = find(run, "Secret", "alertmanager-receivers");
    const data = inputs.stringData as Record<string, unknown>;
    assert.deepEqual(data, { [pulumi.runtime.specialSigKey]: pulumi.runtime.specialSecretSig, value: { team: value } });
    const others = run.registered.filter(({ name }) => name !== "alertmanager-receivers");
    assert.ok(!JSON.stringify([others, run.outputs]).includes(value));
  });

  it("makes no Secret where receivers name theirs", async () => {
    const { registered } = await programRun({});
    assert.ok(registered.every(({ name }) => name !== "alertmanager-receivers"));
  });

  it("starts from the stack's AlertmanagerConfig and takes those of teams", () => {
    const spec = alertmanagerSpec(parseSettings({}));
    assert.deepEqual(spec.alertmanagerConfiguration, { name: "alertmanager" });
    assert.deepEqual([spec.alertmanagerConfigSelector, spec.alertmanagerConfigNamespaceSelector], [{}, {}]);
    assert.deepEqual(spec.storage, { emptyDir: { sizeLimit: "256Mi" } });
  });

  it("takes its size from the settings, with a volume for silences where there is one", () => {
    const spec = alertmanagerSpec(parseSettings({ alertmanager: '{"replicas": 3, "volumeSize": "1Gi"}' }));
    assert.equal(spec.replicas, 3);
    assert.equal(spec.storage.volumeClaimTemplate?.spec.resources?.requests?.storage, "1Gi");
  });
});
