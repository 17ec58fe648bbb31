import assert from "node:assert/strict";
import { everyImage, imageIn, operatorImagesIn } from "../../catalog/imageRegistry.ts";

const registry = "registry.example.org:5000/mirror";

describe("imageIn", () => {
  it("puts the site's registry in the place of upstream's host", () => {
    assert.equal(imageIn(registry, "quay.io/a/b:1"), `${registry}/a/b:1`);
    assert.equal(imageIn(registry, "localhost:5005/b:1"), `${registry}/b:1`);
    assert.equal(imageIn(registry, "localhost/b:1"), `${registry}/b:1`);
    assert.equal(imageIn(registry, "grafana/grafana:1"), `${registry}/grafana/grafana:1`);
    assert.equal(imageIn(registry, "busybox:1"), `${registry}/busybox:1`);
    assert.equal(imageIn("", "quay.io/a/b:1"), "quay.io/a/b:1");
  });

  it("adds the digest that is recorded", () => {
    const digests = { "quay.io/a/b:1": "0".repeat(64) };
    assert.equal(imageIn("", "quay.io/a/b:1", digests), `quay.io/a/b:1@sha256:${"0".repeat(64)}`);
    assert.equal(imageIn(registry, "quay.io/a/b:1", digests), `${registry}/a/b:1@sha256:${"0".repeat(64)}`);
    assert.equal(imageIn("", "quay.io/a/b:2", digests), "quay.io/a/b:2");
  });
});

describe("operatorImagesIn", () => {
  it("finds an image that upstream no longer has under the name that its manifest still says", () => {
    assert.equal(
      operatorImagesIn(registry, "jaegerOperator")["gcr.io/kubebuilder/kube-rbac-proxy:v0.13.1"],
      `${registry}/brancz/kube-rbac-proxy:v0.13.1`,
    );
  });
});

describe("everyImage", () => {
  it("has those of all engines, operators and languages, each once", () => {
    const found = everyImage();
    assert.deepEqual(found, [...new Set(found)].sort());
    for (const part of [
      "jaegertracing/jaeger:",
      "jaegertracing/all-in-one:",
      "metrics-server",
      "autoinstrumentation-go",
    ]) {
      assert.ok(
        found.some((image) => image.includes(part)),
        part,
      );
    }
  });
});
