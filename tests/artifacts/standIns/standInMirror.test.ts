import assert from "node:assert/strict";
import { readFile, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { sha256 } from "../../../artifacts/files.ts";
import { openMirror } from "../../../artifacts/mirror.ts";
import { bundleKey } from "../../../artifacts/artifact.ts";
import { apiVersions } from "../../../components/customResources/customResource.ts";
import { bundleChart } from "../../../artifacts/manifests/bundleChart.ts";
import { artifactsRequest } from "../../../artifacts/request.ts";
import { parseSettings } from "../../../settings/read.ts";
import { operatorImages } from "../../../catalog/versions.ts";
import { writeStandInMirror } from "../../../artifacts/standIns/standInMirror.ts";
import { mirroredCrds } from "../../../review/crds/mirroredCrds.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const everything = artifactsRequest(parseSettings({ jaegerEngine: "operator" }));

describe("writeStandInMirror", () => {
  const folder = temporaryFolder();

  it("writes a mirror that holds everything the stack asks for", async () => {
    const mirror = await openMirror(await writeStandInMirror(folder()));
    for (const { spec } of Object.values(everything.bundles)) await mirror.read(`bundles/${bundleKey(spec)}.yaml`);
    for (const {
      spec: { name, version },
    } of Object.values(everything.charts))
      await mirror.read(`charts/${name}-${version}.tgz`);
  });

  it("writes the same again, and leaves it as it is", async () => {
    const made = await writeStandInMirror(folder());
    const sums = join(made, "SHA256SUMS");
    const [before, { ino }] = [await readFile(sums, "utf8"), await stat(sums)];
    assert.equal(await writeStandInMirror(folder()), made);
    assert.equal(await readFile(sums, "utf8"), before);
    assert.equal((await stat(sums)).ino, ino);
    assert.deepEqual((await readdir(made)).sort(), ["SHA256SUMS", "bundles", "charts"]);
  });

  it("has a folder by its content: two versions of the project leave each other's alone", async () => {
    const made = await writeStandInMirror(folder());
    const content = sha256(await readFile(join(made, "SHA256SUMS")));
    assert.equal(made, join(folder(), `stand-ins-${content.slice(0, 12)}`));
  });

  it("takes the stack's patches, under upstream's image names", async () => {
    const made = await writeStandInMirror(folder());
    for (const [name, { spec, patches }] of Object.entries(everything.bundles)) {
      const { facts } = bundleChart(
        spec,
        await readFile(join(made, "bundles", `${bundleKey(spec)}.yaml`), "utf8"),
        patches,
        name,
      );
      const expected: readonly string[] =
        name in operatorImages ? operatorImages[name as keyof typeof operatorImages] : [];
      assert.deepEqual(facts.images, [...expected].sort(), name);
    }
  });

  it("defines every kind that the stack makes objects of, but the Gateway API's: the cluster brings those", async () => {
    const defined = mirroredCrds(await writeStandInMirror(folder())).flatMap(({ group, kind, versions }) =>
      Object.keys(versions).map((version) => `${kind} ${group}/${version}`),
    );
    for (const [kind, apiVersion] of Object.entries(apiVersions)) {
      const isOfCluster = apiVersion.startsWith("gateway.networking.k8s.io/");
      assert.equal(defined.includes(`${kind} ${apiVersion}`), !isOfCluster, kind);
    }
  });
});
