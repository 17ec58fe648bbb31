import assert from "node:assert/strict";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sha256 } from "../../artifacts/files.ts";
import { key, manifest, namespace, one, preparation, two, upstreamLock } from "./preparation.ts";

describe("prepareArtifacts", () => {
  const { folder, server, lockFile, artifacts, warnings, prepare, fails, answerAll } = preparation();

  describe("from upstream", () => {
    it("gives local charts for bundles and charts", async () => {
      answerAll();
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
      assert.match(charts.fromRepo.chart, /\/\.artifacts\/charts\/one-v1\.1\.0-[0-9a-f]{12}\.tgz$/);
      assert.deepEqual(await readFile(charts.fromRepo.chart), one);
      assert.deepEqual(await readFile(charts.fromRegistry.chart), two);
    });

    it("records checksums on first use with a warning, and then needs no network", async () => {
      answerAll();
      const first = await prepare();
      assert.deepEqual(JSON.parse(await readFile(lockFile(), "utf8")), upstreamLock);
      assert.equal(warnings().length, 1);
      for (const recorded of Object.keys(upstreamLock)) assert.ok(String(warnings()[0]).includes(recorded), recorded);
      assert.match(String(warnings()[0]), /recorded the checksum of .+ on first use/);

      const asked = server.requests("/v2/two/manifests/2.0.0");
      assert.deepEqual(await prepare({ locked: true, unattended: true }), first);
      assert.equal(server.requests("/v2/two/manifests/2.0.0"), asked);
      for (const path of ["/bundle.yaml", "/charts/index.yaml", "/charts/one-v1.1.0.tgz"]) {
        assert.equal(server.requests(path), 1, path);
      }
      assert.equal(warnings().length, 1);
    });

    for (const option of ["locked", "unattended"]) {
      it(`refuses what has no recorded checksum when ${option}, charts too, and asks for nothing`, async () => {
        answerAll();
        await writeFile(lockFile(), JSON.stringify({ [key]: sha256(manifest) }));
        await fails(
          /artifacts\.lock\.json has no checksum of one-v1\.1\.0\.tgz, two-2\.0\.0\.tgz: run "npm run artifacts:lock"/,
          {
            [option]: true,
          },
        );
        assert.equal(server.requests("/bundle.yaml") + server.requests("/charts/index.yaml"), 0);
        assert.deepEqual(await readdir(folder()), ["artifacts.lock.json"]);
      });
    }

    for (const chart of ["one-v1.1.0.tgz", "two-2.0.0.tgz"]) {
      it(`uses nothing of the chart ${chart} with another checksum`, async () => {
        answerAll();
        await writeFile(lockFile(), JSON.stringify({ ...upstreamLock, [chart]: sha256("another") }));
        await fails(new RegExp(`^${chart}: .+ has checksum .+ nothing of it is used`), { locked: true });
        const written = await readdir(folder(), { recursive: true });
        assert.ok(!written.some((name) => name.includes(chart)), written.join(", "));
      });
    }

    it("downloads a chart again that was changed in the cache", async () => {
      answerAll();
      const first = await prepare();
      await writeFile(join(artifacts(), "downloads/one-v1.1.0.tgz"), "changed");
      assert.deepEqual(await prepare({ locked: true }), first);
      assert.equal(server.requests("/charts/one-v1.1.0.tgz"), 2);
    });

    for (const kind of ["bundle", "chart"] as const) {
      it(`refuses a ${kind}'s local chart that was changed`, async () => {
        answerAll();
        const { bundles, charts } = await prepare();
        const file = kind === "chart" ? charts.fromRepo.chart : join(bundles.operator.path, "files/bundle.yaml");
        await writeFile(file, "changed");
        await fails(new RegExp(`^${file} is not what was written there: nothing of it is used; delete `));
      });
    }

    it("uses nothing of a file with another checksum", async () => {
      const lock = JSON.stringify({ ...upstreamLock, [key]: sha256("another") });
      await writeFile(lockFile(), lock);
      answerAll();
      await fails(/bundle\.yaml has checksum .+ nothing of it is used/);
      const written = await readdir(folder(), { recursive: true });
      assert.ok(!written.some((name) => name.includes("some-operator")), written.join(", "));
      assert.equal(await readFile(lockFile(), "utf8"), lock);
    });

    it("does not record what cannot be used, such as a page in place of a file", async () => {
      answerAll();
      server.answer("/bundle.yaml", "<html>please log in</html>\n");
      await fails(/bundle\.yaml: document 1 is no Kubernetes object/);
      await assert.rejects(readFile(lockFile()), { code: "ENOENT" });

      server.answer("/bundle.yaml", manifest);
      await prepare();
    });

    it("names the bundle that is not there", async () => {
      answerAll();
      server.answer("/bundle.yaml", (response) => response.writeHead(404).end());
      await fails(/^some-operator-v1\.0\.0: there is none at http:.+bundle\.yaml/);
    });
  });

  it("says in one line that the folder cannot be written", async () => {
    answerAll();
    await writeFile(artifacts(), "a file where the folder belongs");
    await fails(/^cannot prepare the charts in .+\.artifacts: E/);
  });
});
