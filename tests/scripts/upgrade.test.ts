import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sha256 } from "../../artifacts/files.ts";
import { versions } from "../../catalog/versions.ts";
import type { ObjectChange } from "../../review/diff/objectChanges.ts";
import { reviewText } from "../../review/diff/reviewText.ts";
import { copyProject } from "../../review/program/projectCopy.ts";
import { standInFolder } from "../../review/program/standInMirror.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

describe("npm run upgrade", function () {
  // Each upgrade runs the program for every stack in a process of its own.
  this.timeout(180_000);
  this.slow(60_000);
  const folder = temporaryFolder();

  beforeEach(() => copyProject(folder()));

  function run(script: string, ...args: string[]) {
    return spawnSync(process.execPath, ["--import", "./runTypeScript.mjs", `scripts/${script}`, ...args], {
      cwd: folder(),
      encoding: "utf8",
    });
  }

  it("changes an image, and shows on a screen exactly the objects that the program then registers differently", () => {
    // Golden files that lag behind the program would show more; that they do not is for another test to say.
    assert.equal(run("golden.ts").status, 0);
    const { status, stdout, stderr } = run("upgrade.ts", "jaeger", "9.9.9");
    assert.equal(status, 0, stderr);
    const image = "docker.io/jaegertracing/jaeger";
    assert.equal(
      stdout,
      `\
jaeger: ${versions.jaeger} -> 9.9.9

objects: 2 changed

Images
  outputs
    ~ The stack's outputs [dev, staging, prod]
        images[]: "${image}:${versions.jaeger}" -> "${image}:9.9.9"
  platform.jaeger
    ~ OpenTelemetryCollector OpenTelemetryCollector-jaeger [dev, staging, prod]
        spec.image: "${image}:${versions.jaeger}" -> "${image}:9.9.9"

Other changes
  outputs
    ~ The stack's outputs [dev, staging, prod]
        versions.jaeger: "${versions.jaeger}" -> "9.9.9"
  platform.jaeger
    ~ OpenTelemetryCollector OpenTelemetryCollector-jaeger [dev, staging, prod]
        metadata.labels["app.kubernetes.io/version"]: "${versions.jaeger}" -> "9.9.9"
`,
    );
  });

  it("changes an operator, with its release manifest from a mirror", async () => {
    const mirror = join(folder(), "mirror");
    await cp(await standInFolder(), mirror, { recursive: true });
    const [old, file] = [`metrics-server-${versions.metricsServer}.yaml`, "bundles/metrics-server-v99.0.0.yaml"];
    const manifest = await readFile(join(mirror, "bundles", old), "utf8");
    await writeFile(join(mirror, file), manifest);
    await writeFile(join(mirror, "SHA256SUMS"), `${sha256(manifest)}  ${file}\n${sha256(manifest)}  bundles/${old}\n`);

    const { status, stdout, stderr } = run("upgrade.ts", "metricsServer", "v99.0.0", "--mirror", mirror, "--json");
    assert.equal(status, 0, stderr);
    const { objects, ...rest } = JSON.parse(stdout) as { objects: ObjectChange[] };
    const change = { part: "metricsServer", from: versions.metricsServer, to: "v99.0.0" };
    assert.deepEqual(rest, { ...change, notes: [], crds: [] });
    const text = `${reviewText(objects)}\n`;
    const chart = ".artifacts/charts/metrics-server-";
    assert.ok(
      text.includes(`\
  platform.metrics-server
    ~ Release metrics-server [dev, staging, prod]
        chart: "${chart}${versions.metricsServer}-<content hash>" -> "${chart}v99.0.0-<content hash>"
`),
      text,
    );
    assert.ok((await readFile(join(folder(), "docs/versions.md"), "utf8")).includes("| v99.0.0 | kube-system |"));
  });

  it("changes nothing when the mirror has no such chart", async () => {
    const texts = () =>
      Promise.all(["catalog/versions.ts", "docs/versions.md"].map((file) => readFile(join(folder(), file), "utf8")));
    const before = await texts();
    const mirror = await standInFolder();
    const { status, stdout, stderr } = run("upgrade.ts", "certManager", "v9.9.9", "--mirror", mirror);
    assert.deepEqual([status, stdout], [1, ""]);
    assert.equal(stderr, `artifactsMirror: ${mirror}/SHA256SUMS has no line for charts/cert-manager-v9.9.9.tgz\n`);
    assert.deepEqual(await texts(), before);
  });

  it("refuses wrong settings of a stack before it asks for an artifact", async () => {
    const mirror = join(folder(), "no-mirror");
    await writeFile(join(folder(), "Pulumi.prod.yaml"), "config: { fluffy-observability:jaegerEngine: v3 }\n");
    const { status, stdout, stderr } = run("upgrade.ts", "metricsServer", "v99.0.0", "--mirror", mirror);
    assert.deepEqual([status, stdout], [1, ""]);
    assert.match(stderr, /^Pulumi\.prod\.yaml: fluffy-observability:jaegerEngine is "v3": must be one of .*\n$/);
  });

  it("says in one line what it needs", () => {
    const { status, stderr } = run("upgrade.ts", "jaeger");
    assert.equal(status, 2);
    assert.equal(stderr, 'missing required argument "version"\n');
  });
});
