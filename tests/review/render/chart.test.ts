import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chartArguments } from "../../../review/render/chart.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

describe("charts", () => {
  const folder = temporaryFolder();
  it("that are a path must be there", () => {
    assert.throws(() => chartArguments({ chart: "./gone" }, folder()), {
      name: "UserError",
      message: "chart ./gone: no such folder or file",
    });
    assert.throws(() => chartArguments({ chart: "charts/gone-1.tgz" }, folder()), { name: "UserError" });
  });

  it("are named to Helm by path, by address, or by repository and version", () => {
    mkdirSync(join(folder(), "one"));
    assert.deepEqual(chartArguments({ chart: "one" }, folder()), [join(folder(), "one")]);
    assert.deepEqual(chartArguments({ chart: "oci://example.org/one", version: "1" }, folder()), [
      ...["oci://example.org/one", "--version", "1"],
    ]);
    assert.deepEqual(chartArguments({ chart: "one", repo: "https://example.org", version: "1" }, folder()), [
      ...["one", "--repo", "https://example.org", "--version", "1"],
    ]);
  });
});
