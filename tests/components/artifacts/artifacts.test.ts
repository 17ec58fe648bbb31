import assert from "node:assert/strict";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type ArtifactsOptions, prepareArtifacts } from "../../../components/artifacts/artifacts.ts";
import { sha256 } from "../../../components/artifacts/files.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";
import { fileServer } from "./fileServer.ts";

const manifest = `apiVersion: v1
kind: Service
metadata: { name: a, namespace: default }
---
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: { name: mutating }
`;

describe("prepareArtifacts", () => {
  const folder = temporaryFolder();
  const server = fileServer();
  const lockFile = () => join(folder(), "artifacts.lock.json");
  const artifacts = () => join(folder(), ".artifacts");
  const namespace = { from: "default", to: "new" };
  const key = "some-operator-v1.0.0";
  let warnings: unknown[];
  const { warn } = console;

  beforeEach(() => {
    warnings = [];
    // Without an engine Pulumi logs to the console.
    console.warn = (line: unknown) => warnings.push(line);
  });
  afterEach(() => {
    console.warn = warn;
  });

  function prepare(options: Partial<ArtifactsOptions> = {}) {
    const spec = { name: "some-operator", version: "v1.0.0", url: server.url("/bundle.yaml") };
    return prepareArtifacts(
      {
        bundles: { operator: { spec, patches: { namespace, crdPolicy: "keep" } } },
        charts: {
          fromRepo: {
            spec: { name: "one", version: "v1.1.0", chart: "one", repo: "https://charts.example" },
            crdPolicy: "keep",
          },
          fromRegistry: {
            spec: { name: "two", version: "2.0.0", chart: "oci://registry.example/two" },
            crdPolicy: "keep",
          },
        },
      },
      {
        mirror: "",
        strict: false,
        folder: artifacts(),
        lockFile: lockFile(),
        download: { firstPause: 1, timeLimit: 300 },
        ...options,
      },
    );
  }

  async function fails(message: RegExp, options: Partial<ArtifactsOptions> = {}): Promise<void> {
    await assert.rejects(prepare(options), (error: Error) => {
      assert.match(error.message, message);
      assert.doesNotMatch(error.message, /\n/);
      // Pulumi prints such an error without its stack.
      assert.ok("__pulumiRunError" in error);
      return true;
    });
  }

  async function writeMirror(files: Record<string, string>): Promise<string> {
    const mirror = join(folder(), "mirror");
    for (const kind of ["bundles", "charts"]) await mkdir(join(mirror, kind), { recursive: true });
    for (const [path, content] of Object.entries(files)) await writeFile(join(mirror, path), content);
    const sums = Object.entries(files).map(([path, content]) => `${sha256(content)}  ${path}\n`);
    await writeFile(join(mirror, "SHA256SUMS"), sums.join(""));
    return mirror;
  }

  const mirrored = {
    [`bundles/${key}.yaml`]: manifest,
    "charts/one-v1.1.0.tgz": "archive one",
    "charts/two-2.0.0.tgz": "archive two",
  };

  describe("from upstream", () => {
    it("gives a local chart for a bundle, and charts for Helm to fetch by version", async () => {
      server.answer("/bundle.yaml", manifest);
      const { bundles, charts } = await prepare();
      assert.match(bundles.operator.path, /\/\.artifacts\/charts\/some-operator-v1\.0\.0-[0-9a-f]{12}$/);
      assert.deepEqual(
        { ...bundles.operator, path: "" },
        {
          name: "some-operator",
          version: "v1.0.0",
          path: "",
          values: { namespace, crdPolicy: "keep" },
          mutatingWebhookConfigurations: ["mutating"],
          validatingWebhookConfigurations: [],
        },
      );
      assert.deepEqual(charts, {
        fromRepo: { chart: "one", version: "v1.1.0", repositoryOpts: { repo: "https://charts.example" } },
        fromRegistry: { chart: "oci://registry.example/two", version: "2.0.0" },
      });
    });

    it("records a checksum on first use with a warning, and then needs no network", async () => {
      server.answer("/bundle.yaml", manifest);
      const first = await prepare();
      assert.deepEqual(JSON.parse(await readFile(lockFile(), "utf8")), { [key]: sha256(manifest) });
      assert.equal(warnings.length, 1);
      assert.match(String(warnings[0]), /recorded the checksum of some-operator-v1\.0\.0 on first use/);

      assert.deepEqual(await prepare({ strict: true }), first);
      assert.equal(server.requests("/bundle.yaml"), 1);
      assert.equal(warnings.length, 1);
    });

    it("refuses a bundle without a recorded checksum where nobody looks, and asks for nothing", async () => {
      server.answer("/bundle.yaml", manifest);
      await fails(/artifacts\.lock\.json has no checksum of some-operator-v1\.0\.0: run "npm run artifacts:lock"/, {
        strict: true,
      });
      assert.equal(server.requests("/bundle.yaml"), 0);
      assert.deepEqual(await readdir(folder()), []);
    });

    it("uses nothing of a file with another checksum", async () => {
      const lock = `{ "${key}": "${sha256("another")}" }`;
      await writeFile(lockFile(), lock);
      server.answer("/bundle.yaml", manifest);
      await fails(/has checksum .+ nothing of it is used/);
      assert.deepEqual(await readdir(folder()), ["artifacts.lock.json"]);
      assert.equal(await readFile(lockFile(), "utf8"), lock);
    });

    it("does not record what cannot be used, such as a page in place of a file", async () => {
      server.answer("/bundle.yaml", "<html>please log in</html>\n");
      await fails(/bundle\.yaml: document 1 is no Kubernetes object/);
      await assert.rejects(readFile(lockFile()), { code: "ENOENT" });

      server.answer("/bundle.yaml", manifest);
      await prepare();
    });

    it("names the bundle that is not there", async () => {
      await fails(/^some-operator-v1\.0\.0: there is no http:.+bundle\.yaml/);
    });
  });

  describe("from a mirror", () => {
    it("gives local charts, asks no server and writes no lock", async () => {
      const { bundles, charts } = await prepare({ mirror: await writeMirror(mirrored), strict: true });
      assert.match(bundles.operator.path, /\/some-operator-v1\.0\.0-[0-9a-f]{12}$/);
      assert.deepEqual(Object.keys(charts.fromRepo), ["chart"]);
      assert.match(charts.fromRepo.chart, /\/\.artifacts\/charts\/one-v1\.1\.0-[0-9a-f]{12}\.tgz$/);
      assert.equal(await readFile(charts.fromRegistry.chart, "utf8"), "archive two");
      assert.equal(server.requests("/bundle.yaml"), 0);
      await assert.rejects(readFile(lockFile()), { code: "ENOENT" });
    });

    it("gives the same paths wherever the mirror is", async () => {
      const first = await prepare({ mirror: await writeMirror(mirrored) });
      for (const [path, content] of Object.entries(mirrored)) server.answer(`/mirror/${path}`, content);
      server.answer("/mirror/SHA256SUMS", await readFile(join(folder(), "mirror", "SHA256SUMS")));
      assert.deepEqual(await prepare({ mirror: server.url("/mirror") }), first);
    });

    it("names a file that is missing", async () => {
      const mirror = await writeMirror(mirrored);
      await rm(join(mirror, "charts/two-2.0.0.tgz"));
      await fails(/^artifactsMirror: there is no .+charts\/two-2\.0\.0\.tgz$/, { mirror });
    });

    it("writes nothing any more once it has failed", async () => {
      const mirror = await writeMirror({ ...mirrored, "charts/one-v1.1.0.tgz": "archive one".repeat(2 ** 20) });
      await rm(join(mirror, "charts/two-2.0.0.tgz"));
      await fails(/charts\/two-2\.0\.0\.tgz$/, { mirror });
      const written = await readdir(folder(), { recursive: true });
      await sleep(200);
      assert.deepEqual(await readdir(folder(), { recursive: true }), written);
    });

    it("uses nothing of a file with another checksum", async () => {
      const mirror = await writeMirror(mirrored);
      await writeFile(join(mirror, `bundles/${key}.yaml`), `${manifest}# changed\n`);
      await fails(/bundles\/some-operator-v1\.0\.0\.yaml has checksum .+ the file is not used$/, { mirror });
      assert.deepEqual(await readdir(folder()), ["mirror"]);
    });

    it("names the file and line of a manifest that is not YAML", async () => {
      const mirror = await writeMirror({ ...mirrored, [`bundles/${key}.yaml`]: "a: 1\nb: [\n" });
      await fails(/^\/.+\/mirror\/bundles\/some-operator-v1\.0\.0\.yaml:\d: not YAML: /, { mirror });
    });
  });

  it("says in one line that the folder cannot be written", async () => {
    server.answer("/bundle.yaml", manifest);
    await writeFile(artifacts(), "a file where the folder belongs");
    await fails(/^cannot prepare the charts in .+\.artifacts: E/);
  });
});
