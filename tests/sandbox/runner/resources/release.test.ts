import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { chartDigest } from "../../../../sandbox/helm/chart.ts";
import { describeChange } from "../../../../sandbox/kube/diff.ts";
import { releaseHandler } from "../../../../sandbox/runner/resources/release.ts";
import { fakeApi } from "../../../support/fakeApi.ts";
import { stepOf, worldOf } from "../../../support/steps.ts";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";

const type = "kubernetes:helm.sh/v3:Release";
const inputs = { chart: "./chart", namespace: "ns", values: { image: "a" } };

describe("releaseHandler", () => {
  const folder = temporaryFolder();

  /** A cluster with the release deployed as the inputs say, and with its one object. */
  const deployed = (changed: Record<string, unknown> = {}) => {
    mkdirSync(join(folder(), "chart"));
    writeFileSync(join(folder(), "chart", "Chart.yaml"), "name: c\n");
    const api = fakeApi();
    const release = {
      ...{ version: 1, info: { status: "deployed" }, chart: { metadata: { name: "c", version: "1" } } },
      ...{ config: inputs.values, manifest: "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\n" },
      ...changed,
    };
    const text = gzipSync(JSON.stringify(release)).toString("base64");
    const labels = { "fluffy-sandbox/chart": chartDigest({ chart: "./chart" }, folder()) };
    api.objects.set("/api/v1/namespaces/ns/secrets/sh.helm.release.v1.r.v1", {
      ...{ apiVersion: "v1", kind: "Secret", metadata: { name: "sh.helm.release.v1.r.v1", labels } },
      data: { release: Buffer.from(text).toString("base64") },
    });
    api.objects.set("/apis/apps/v1/namespaces/ns/deployments/d", {
      ...{ apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "d" } },
    });
    return api;
  };
  const preview = async (
    api: ReturnType<typeof fakeApi>,
    given: Record<string, unknown> = inputs,
    secret: string[] = [],
  ) => {
    const step = stepOf(type, "r", given, { secret: new Set(secret) });
    const result = await releaseHandler.apply(step, worldOf(api, { dryRun: true, folder: folder() }));
    return [result.outcome, ...result.changes.map(describeChange), ...(result.note === undefined ? [] : [result.note])];
  };

  it("does not even look for Helm when nothing is to be done", async () => {
    const step = stepOf(type, "r", inputs);
    const { outcome, id, outputs } = await releaseHandler.apply(step, worldOf(deployed(), { folder: folder() }));
    assert.deepEqual([outcome, id], ["unchanged", "ns/r"]);
    assert.deepEqual((outputs.status as { status: string; revision: number }).status, "deployed");
  });

  it("names the chart of a release that is to come", async () => {
    deployed();
    assert.deepEqual(await preview(fakeApi()), ["created", "chart ./chart"]);
  });

  it("shows changed values, and of secret ones only where they change", async () => {
    const api = deployed();
    const changed = { ...inputs, values: { image: "b" } };
    assert.deepEqual(await preview(api, changed), ["updated", 'values.image: "a" -> "b"']);
    assert.deepEqual(await preview(api, changed, ["values"]), ["updated", "values.image: [secret] -> [secret]"]);
  });

  it("shows a changed chart, a status that is not deployed, and an object that is gone", async () => {
    const api = deployed({ info: { status: "failed" } });
    writeFileSync(join(folder(), "chart", "values.yaml"), "");
    api.objects.delete("/apis/apps/v1/namespaces/ns/deployments/d");
    const [outcome, status, digest, ...missing] = await preview(api);
    assert.deepEqual([outcome, status], ["updated", 'status: "failed" -> "deployed"']);
    assert.match(digest ?? "", /^chart digest: "[0-9a-f]{40}" -> "[0-9a-f]{40}"$/);
    assert.deepEqual(missing, ['Deployment ns/d: (none) -> "present"']);
  });
});
