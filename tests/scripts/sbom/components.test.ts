import assert from "node:assert/strict";
import { everyImage } from "../../../catalog/imageRegistry.ts";
import { goComponent, imageComponent } from "../../../scripts/sbom/components.ts";

const digest = `sha256:${"0".repeat(64)}`;

describe("components of a bill of materials", () => {
  it("name a Go module by its package URL", () => {
    const { purl } = goComponent({ path: "k8s.io/kubernetes", version: "v1.36.3+incompatible" });
    assert.equal(purl, "pkg:golang/k8s.io/kubernetes@v1.36.3%2Bincompatible");
  });

  for (const [image, version, purl] of [
    ["quay.io/a/b:v1", "v1", "pkg:oci/b?repository_url=quay.io%2Fa%2Fb&tag=v1"],
    ["registry:5000/a", undefined, "pkg:oci/a?repository_url=registry%3A5000%2Fa"],
    [`quay.io/a/b@${digest}`, digest, `pkg:oci/b@${encodeURIComponent(digest)}?repository_url=quay.io%2Fa%2Fb`],
    [`quay.io/a/b:v1@${digest}`, "v1", `pkg:oci/b@${encodeURIComponent(digest)}?repository_url=quay.io%2Fa%2Fb&tag=v1`],
  ] as const) {
    it(`name an image by its package URL: ${image}`, () => {
      const component = imageComponent(image);
      assert.deepEqual([component.version, component.purl], [version, purl]);
    });
  }

  it("tell every image of the platform apart", () => {
    const purls = everyImage().map((image) => imageComponent(image).purl);
    assert.equal(new Set(purls).size, purls.length);
  });
});
