import assert from "node:assert/strict";
import { loadAll } from "js-yaml";
import { parseSettings } from "../../../settings/read.ts";
import { e2eCluster, e2eClusterFile, e2eSettings, e2eUpstream } from "../../../scripts/e2e/settings.ts";
import { readProjectFile } from "../../support/markdown.ts";

describe("e2e", () => {
  it("has the settings of dev, for its own cluster and an upstream inside it", () => {
    const { config } = loadAll(e2eSettings(readProjectFile("Pulumi.dev.yaml")))[0] as {
      config: Record<string, unknown>;
    };
    const raw = Object.entries(config).map(([key, value]) => [
      key.replace("fluffy-observability:", ""),
      typeof value === "string" ? value : JSON.stringify(value),
    ]);
    const settings = parseSettings(Object.fromEntries(raw) as Record<string, string>);
    assert.equal(settings.kubeContext, e2eCluster);
    assert.equal(settings.sampleApi.upstreamUrl, e2eUpstream);
    // The tests count every request.
    assert.equal(settings.instrumentation.samplingRatio, 1);
    assert.equal(settings.sampleApi.image, "localhost:5005/python-api:dev");
  });

  it("has a cluster like the one that people work with, under another name", () => {
    const kind = readProjectFile("cluster/kind.yaml");
    const names = loadAll(e2eClusterFile(kind)).map((object) => (object as { name: string }).name);
    assert.deepEqual(names, ["ctlptl-registry", e2eCluster]);
    assert.throws(() => e2eClusterFile("name: another"), { message: "cluster/kind.yaml has no cluster kind-fluffy" });
  });
});
