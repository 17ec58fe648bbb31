import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import type { KubeObject } from "../../../sandbox/cluster/api/client.ts";
import { readAlertmanagerConfig, readRuleFiles } from "../../../sandbox/telemetry/generated.ts";

const object = (data: Record<string, string>): KubeObject => ({
  ...{ apiVersion: "v1", kind: "any", metadata: { name: "any" } },
  data,
});

describe("readRuleFiles", () => {
  it("takes the files of all ConfigMaps that are for this Prometheus", async () => {
    let asked: unknown[] = [];
    const client = {
      list: (...args: unknown[]) => {
        asked = args;
        return Promise.resolve([object({ "a.yaml": "1" }), object({ "b.yaml": "2" })]);
      },
    };
    const files = await readRuleFiles(client, { name: "prometheus", namespace: "observability" });
    assert.deepEqual(files, { "a.yaml": "1", "b.yaml": "2" });
    assert.deepEqual(asked, ["v1", "ConfigMap", "observability", "prometheus-name=prometheus"]);
  });
});

describe("readAlertmanagerConfig", () => {
  const server = { name: "alertmanager", namespace: "observability" };

  it("unpacks what the operator made", async () => {
    const secret = object({ "alertmanager.yaml.gz": gzipSync("route: {}").toString("base64") });
    assert.equal(await readAlertmanagerConfig({ get: () => Promise.resolve(secret) }, server), "route: {}");
  });

  it("says what to do where there is none", async () => {
    await assert.rejects(readAlertmanagerConfig({ get: () => Promise.resolve(undefined) }, server), {
      name: "UserError",
      message:
        /^the operator has made no configuration for Alertmanager "observability\/alertmanager": run .* up" first$/,
    });
  });
});
