import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chartArguments, chartDigest } from "../../../sandbox/helm/chart.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

describe("charts", () => {
  const folder = temporaryFolder();
  const digest = (chart: string) => chartDigest({ chart }, folder());
  const write = (name: string, text: string) => {
    mkdirSync(join(folder(), "one", "templates"), { recursive: true });
    writeFileSync(join(folder(), "one", name), text);
  };

  it("have the digest of their files, names included", () => {
    write("Chart.yaml", "name: one\n");
    write("templates/a.yaml", "a");
    const first = digest("./one");
    assert.match(first, /^[0-9a-f]{40}$/);
    assert.equal(digest("one"), first);
    write("templates/b.yaml", "");
    const second = digest("one");
    write("templates/b.yaml", "b");
    assert.equal(new Set([first, second, digest("one")]).size, 3);
  });

  it("of a registry have the digest of their version", () => {
    const of = (version: string) => chartDigest({ chart: "oci://example.org/one", version }, folder());
    assert.equal(of("1"), of("1"));
    assert.notEqual(of("1"), of("2"));
  });

  it("that are a path must be there", () => {
    assert.throws(() => digest("./gone"), { name: "UserError", message: "chart ./gone: no such folder or file" });
    assert.throws(() => digest("charts/gone-1.tgz"), { name: "UserError" });
  });

  it("are named to Helm by path, by address, or by repository and version", () => {
    write("Chart.yaml", "name: one\n");
    assert.deepEqual(chartArguments({ chart: "one" }, folder()), [join(folder(), "one")]);
    assert.deepEqual(chartArguments({ chart: "oci://example.org/one", version: "1" }, folder()), [
      ...["oci://example.org/one", "--version", "1"],
    ]);
    assert.deepEqual(chartArguments({ chart: "one", repo: "https://example.org", version: "1" }, folder()), [
      ...["one", "--repo", "https://example.org", "--version", "1"],
    ]);
  });
});
