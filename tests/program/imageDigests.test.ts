import assert from "node:assert/strict";
import { imageDigests } from "../../catalog/imageDigests.ts";
import { everyImage } from "../../catalog/imageRegistry.ts";
import { artifactsRequest } from "../../artifacts/request.ts";
import { programRun } from "../../review/program/runs.ts";
import { stackConfig } from "../../review/program/stackConfig.ts";
import { parseSettings } from "../../settings/read.ts";
import { under } from "../support/under.ts";

const registry = "registry.site.example:5000/mirror";
const sampleApi = JSON.stringify({ image: "registry.site.example/python-api:1" });

/** Digests that no image has: what the lock file would say. */
const recorded = new Map(everyImage().map((image, index) => [image, String(index % 10).repeat(64)]));

describe("images.lock.json", function () {
  this.timeout(120_000);
  const table = imageDigests as Record<string, string>;
  const found = { ...table };

  before(() => {
    Object.assign(table, Object.fromEntries(recorded));
  });
  after(() => {
    for (const image of recorded.keys()) Reflect.deleteProperty(table, image);
    Object.assign(table, found);
  });

  for (const [where, images] of [
    ["upstream", "{}"],
    ["a registry of the site", JSON.stringify({ registry })],
  ] as const)
    it(`pulls every image by its digest, from ${where}`, async () => {
      const { registered, outputs } = await programRun(
        { ...stackConfig("prod"), images, sampleApi },
        `digests ${where}`,
      );
      const objects = registered.filter(({ type }) => type.startsWith("kubernetes:") && !type.includes(":helm.sh/"));
      const named = objects.flatMap(({ inputs }) =>
        under(inputs, "image").filter((image) => typeof image === "string"),
      );
      assert.ok(named.length > 10);
      for (const image of [...named, ...(outputs["images"] as string[])])
        if (!image.includes("python-api")) assert.match(image, /:[\w.-]+@sha256:(\d)\1{63}$/);
      const values = (release: string) =>
        registered.find(({ label }) => label === `Release ${release}`)?.inputs["values"] as object;
      // Charts with templates take them by their values; the patches of manifests do not reach them.
      assert.equal(under(values("cert-manager"), "digest").length, 5);
      for (const digest of under(values("cert-manager"), "digest")) assert.match(String(digest), /^sha256:(\d)\1{63}$/);
      assert.match(String(under(values("grafana-operator"), "tag")), /^v[\d.]+@sha256:(\d)\1{63}$/);
      const grafana = objects.find(({ inputs }) => inputs["kind"] === "Grafana")?.inputs;
      assert.match(JSON.stringify(grafana), /"version":"[^"]*grafana\/grafana:[\w.-]+@sha256:/);
    });

  it("pulls the images of operators, and those that they inject, by their digests", () => {
    const { bundles, charts } = artifactsRequest(parseSettings({ jaegerEngine: "operator" }));
    const patches = [...Object.values(bundles), ...Object.values(charts)].map((each) => each.patches);
    const renamed = patches.flatMap(({ images = {} }) => Object.values(images));
    const { extraArgs = {} } = bundles.openTelemetryOperator?.patches ?? {};
    const args = Object.values(extraArgs)
      .flat()
      .filter((arg) => arg.includes("-image="));
    assert.ok(renamed.length > 5 && args.length === 6);
    for (const image of [...renamed, ...args]) assert.match(image, /@sha256:(\d)\1{63}$/);
  });
});
