import assert from "node:assert/strict";
import { readFile, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { openMirror } from "../../../components/artifacts/mirror.ts";
import { bundleKey } from "../../../components/artifacts/upstream.ts";
import { apiVersions } from "../../../components/customResources/customResource.ts";
import { bundleChart } from "../../../components/operators/bundleChart.ts";
import { artifactsRequest } from "../../../components/platformArtifacts.ts";
import { parseSettings } from "../../../components/settings.ts";
import { operatorImages } from "../../../components/versions.ts";
import { writeStandInMirror } from "../../../sandbox/standIns/standInMirror.ts";
import { mirroredCrds } from "../../support/mirroredCrds.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const everything = artifactsRequest(parseSettings({ jaegerEngine: "operator" }));

describe("writeStandInMirror", () => {
  const folder = temporaryFolder();

  it("writes a mirror that holds everything the stack asks for", async () => {
    await writeStandInMirror(folder());
    const mirror = await openMirror(folder());
    for (const { spec } of Object.values(everything.bundles)) await mirror.read(`bundles/${bundleKey(spec)}.yaml`);
    for (const {
      spec: { name, version },
    } of Object.values(everything.charts))
      await mirror.read(`charts/${name}-${version}.tgz`);
  });

  it("writes the same again, and leaves it as it is", async () => {
    await writeStandInMirror(folder());
    const sums = join(folder(), "SHA256SUMS");
    const [before, { ino }] = [await readFile(sums, "utf8"), await stat(sums)];
    await writeStandInMirror(folder());
    assert.equal(await readFile(sums, "utf8"), before);
    assert.equal((await stat(sums)).ino, ino);
    assert.deepEqual((await readdir(folder())).sort(), ["SHA256SUMS", "bundles", "charts"]);
  });

  it("takes the stack's patches, under upstream's image names", async () => {
    await writeStandInMirror(folder());
    for (const [name, { spec, patches }] of Object.entries(everything.bundles)) {
      const { facts } = bundleChart(
        spec,
        await readFile(join(folder(), "bundles", `${bundleKey(spec)}.yaml`), "utf8"),
        patches,
        name,
      );
      const expected: readonly string[] =
        name in operatorImages ? operatorImages[name as keyof typeof operatorImages] : [];
      assert.deepEqual(facts.images, [...expected].sort(), name);
    }
  });

  it("defines every kind that the stack makes objects of", async () => {
    await writeStandInMirror(folder());
    const defined = mirroredCrds(folder()).flatMap(({ group, kind, versions }) =>
      Object.keys(versions).map((version) => `${kind} ${group}/${version}`),
    );
    for (const [kind, apiVersion] of Object.entries(apiVersions))
      assert.ok(defined.includes(`${kind} ${apiVersion}`), kind);
  });
});
