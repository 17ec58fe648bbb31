import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bundleKey } from "../../../artifacts/artifact.ts";
import { type ManifestObject, parseManifest } from "../../../artifacts/manifests/manifest.ts";
import { valuesAt } from "../../../artifacts/manifests/objectPath.ts";
import { bundles } from "../../../catalog/versions.ts";
import { writeStandInMirror } from "../../../artifacts/standIns/standInMirror.ts";
import { mirror as realMirror } from "../../../review/program/mirror.ts";
import { mirroredCrds } from "../../../review/crds/mirroredCrds.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

describe("stand-ins and upstream", () => {
  const folder = temporaryFolder();
  let [ours, real] = ["", ""];

  beforeEach(async function () {
    if (realMirror === undefined) this.skip();
    real = realMirror;
    ours = await writeStandInMirror(folder());
  });

  it("agree on the names of webhook configurations, certificates and namespaces", () => {
    for (const spec of Object.values(bundles)) {
      const found = [ours, real].map((place) =>
        parseManifest(readFileSync(join(place, "bundles", `${bundleKey(spec)}.yaml`), "utf8"), spec.name)
          .filter(({ kind }) =>
            /^(Mutating|Validating)WebhookConfiguration$|^(Certificate|Issuer|Deployment)$/.test(kind),
          )
          .map(describeObject)
          .sort(),
      );
      assert.deepEqual(found[0], found[1], spec.name);
    }
  });

  it("agree on every CRD but for its fields: those of the stand-ins take anything", () => {
    const upstream = new Map(mirroredCrds(real).map((crd) => [crd.name, crd]));
    const standIns = mirroredCrds(ours);
    assert.equal(standIns.length, 17);
    for (const crd of standIns) {
      const same = upstream.get(crd.name);
      assert.ok(same, crd.name);
      assert.deepEqual({ ...crd, versions: {} }, { ...same, versions: {} });
      for (const [version, { subresources }] of Object.entries(crd.versions)) {
        const other: (typeof same.versions)[string] | undefined = same.versions[version];
        assert.ok(other, `${crd.name} ${version}`);
        assert.deepEqual(subresources, other.subresources, `${crd.name} ${version}`);
      }
    }
  });
});

/** What makes an object the one that others refer to. */
function describeObject({ kind, metadata }: ManifestObject): string {
  const injectedFrom = valuesAt(metadata, ["annotations", "cert-manager.io/inject-ca-from"]);
  return [kind, metadata.namespace, metadata.name, ...injectedFrom].join(" ");
}
