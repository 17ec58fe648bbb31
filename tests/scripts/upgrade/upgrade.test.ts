import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readIfThere, sha256 } from "../../../artifacts/files.ts";
import { pack } from "../../../artifacts/tarball.ts";
import { versions } from "../../../catalog/versions.ts";
import { planUpgrade, type Upgrade } from "../../../scripts/upgrade/part.ts";
import { upgrade, type UpgradeOptions } from "../../../scripts/upgrade/upgrade.ts";
import { readProjectFile } from "../../support/markdown.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";
import { newWidget, oldWidget, widget, widgetManifest } from "../../support/widgetCrd.ts";
import { answerChart } from "../../artifacts/chartServer.ts";
import { fileServer } from "../../artifacts/fileServer.ts";

const files = ["catalog/versions.ts", "docs/versions.md"];
const [oldManifest, newManifest] = [widgetManifest(oldWidget), widgetManifest(newWidget)];
const from = versions.metricsServer;
const to = "v99.0.0";

describe("upgrade", () => {
  const folder = temporaryFolder();
  const server = fileServer();
  let goldenMade: number;

  beforeEach(async () => {
    goldenMade = 0;
    for (const file of files) {
      await mkdir(join(folder(), file, ".."), { recursive: true });
      await writeFile(join(folder(), file), readProjectFile(file));
    }
    await writeFile(
      lockFile(),
      JSON.stringify({ [`metrics-server-${from}`]: sha256("old"), "another-v1": sha256("a") }),
    );
  });

  const lockFile = () => join(folder(), "artifacts.lock.json");
  const text = (file: string) => readIfThere(() => readFile(join(folder(), file), "utf8"));

  /** The upgrade of metrics-server, from the server of the test. */
  function plan(): Upgrade {
    const planned = planUpgrade("metricsServer", to);
    const local = planned.bundles.map((bundle) => ({
      ...bundle,
      from: { ...bundle.from, url: server.url("/old") },
      to: { ...bundle.to, url: server.url("/new") },
    }));
    return { ...planned, bundles: local };
  }

  function run(changed: Partial<UpgradeOptions> = {}, planned = plan()) {
    return upgrade(planned, {
      project: folder(),
      mirror: "",
      resources: () => Promise.resolve([widget({ replicas: "1", storage: "1Gi" })]),
      patches: () => [{ crdPolicy: "keep" }],
      makeGolden: async () => {
        goldenMade += await Promise.resolve(1);
      },
      download: { firstPause: 1, timeLimit: 1000 },
      ...changed,
    });
  }

  /** Nothing of the project is another than before. */
  async function assertUnchanged(): Promise<void> {
    for (const file of files) assert.equal(await text(file), readProjectFile(file), file);
    assert.deepEqual(Object.keys(JSON.parse((await text("artifacts.lock.json")) ?? "{}") as object), [
      `metrics-server-${from}`,
      "another-v1",
    ]);
  }

  it("writes the version, the checksum and the golden files, and says what changed in the CRDs", async () => {
    server.answer("/old", oldManifest);
    server.answer("/new", newManifest);
    const lines = await run();
    assert.deepEqual(lines.slice(0, 3), [
      "Widget example.org/v1: 3 new fields",
      "  spec.image: removed",
      "  spec.limits.*: type is now integer",
    ]);
    assert.match((await text("catalog/versions.ts")) ?? "", new RegExp(`^  metricsServer: "${to}",$`, "m"));
    assert.match(
      (await text("docs/versions.md")) ?? "",
      new RegExp(`^\\| \`metricsServer\` \\|.*\\| ${to} \\| kube-system \\|$`, "m"),
    );
    assert.deepEqual(JSON.parse((await text("artifacts.lock.json")) ?? ""), {
      "another-v1": sha256("a"),
      [`metrics-server-${to}`]: sha256(newManifest),
    });
    assert.equal(goldenMade, 1);
  });

  it("refuses CRDs that do not take what the program sets, field by field, and changes nothing", async () => {
    server.answer("/old", oldManifest);
    server.answer("/new", newManifest);
    await assert.rejects(run({ resources: () => Promise.resolve([widget({ replicas: "1", image: "a:1" })]) }), {
      name: "UserError",
      message: `\
the new CRDs do not take what the stack sets; nothing was changed:
  Widget a.spec.storage is missing (stack prod)
  Widget a.spec.image is not known (stack prod)`,
    });
    await assertUnchanged();
    assert.equal(goldenMade, 0);
  });

  it("goes on without the old release manifest, and says so", async () => {
    server.answer("/new", newManifest);
    assert.deepEqual(await run(), ["the old release manifest cannot be had: what the CRDs lost is not known"]);
    assert.equal(goldenMade, 1);
  });

  it("changes nothing when the new one cannot be had, or a patch finds nothing to change in it", async () => {
    server.answer("/old", oldManifest);
    await assert.rejects(run(), { name: "ArtifactError", message: /^metrics-server-v99\.0\.0: there is none at / });
    server.answer("/new", newManifest);
    const patches = () => [{ crdPolicy: "keep", extraArgs: { "metrics-server": ["--kubelet-insecure-tls"] } } as const];
    await assert.rejects(run({ patches }), { name: "ArtifactError", message: /metrics-server/ });
    await assertUnchanged();
  });

  it("takes everything back when the golden files cannot be made", async () => {
    server.answer("/old", oldManifest);
    server.answer("/new", newManifest);
    await assert.rejects(run({ makeGolden: () => Promise.reject(new Error("the program fails")) }), {
      message: "the program fails",
    });
    await assertUnchanged();
  });

  it("takes artifacts from a mirror, and records them as the mirror's", async () => {
    const mirror = join(folder(), "mirror");
    await mkdir(join(mirror, "bundles"), { recursive: true });
    await writeFile(join(mirror, `bundles/metrics-server-${to}.yaml`), newManifest);
    await writeFile(join(mirror, "SHA256SUMS"), `${sha256(newManifest)}  bundles/metrics-server-${to}.yaml\n`);
    await run({ mirror });
    assert.ok((await text("catalog/versions.ts"))?.includes(to));
    assert.deepEqual(JSON.parse((await text("artifacts.lock.json")) ?? ""), {
      "another-v1": sha256("a"),
      [`mirror:metrics-server-${to}`]: sha256(newManifest),
    });
    assert.equal(server.requests("/new"), 0);
  });

  it("downloads a chart and records its checksum, and changes nothing when upstream has none", async () => {
    const planned = planUpgrade("certManager", to);
    const certManager = {
      ...planned,
      charts: planned.charts.map((spec) => ({ ...spec, repo: server.url("/charts") })),
    };
    const content = pack({ "cert-manager/Chart.yaml": "name: cert-manager\n" });
    answerChart(server, { name: "cert-manager", version: "v98.0.0", content }, "/charts");
    await assert.rejects(run({}, certManager), {
      name: "ArtifactError",
      message: /^cert-manager-v99\.0\.0\.tgz: there is none at http:.+\/charts\/index\.yaml: /,
    });
    await assertUnchanged();
    assert.equal(goldenMade, 0);

    answerChart(server, { name: "cert-manager", version: to, content }, "/charts");
    const old = { [`cert-manager-${versions.certManager}.tgz`]: sha256("old") };
    await writeFile(lockFile(), JSON.stringify({ ...old, "another-v1": sha256("a") }));
    assert.deepEqual(await run({}, certManager), []);
    assert.ok((await text("catalog/versions.ts"))?.includes(`  certManager: "${to}",`));
    assert.deepEqual(JSON.parse((await text("artifacts.lock.json")) ?? ""), {
      "another-v1": sha256("a"),
      [`cert-manager-${to}.tgz`]: sha256(content),
    });
    assert.equal(goldenMade, 1);
  });
});
