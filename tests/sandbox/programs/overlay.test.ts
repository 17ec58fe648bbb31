import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildEnvironment } from "../../../sandbox/programs/build.ts";
import { embeddedFiles, writeOverlay } from "../../../sandbox/programs/overlay.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

describe("embeddedFiles", function () {
  this.timeout(120_000);
  const folder = temporaryFolder();

  it("lets files of a dependency seem to lie beside the program", async () => {
    const dependency = join(folder(), "dependency");
    mkdirSync(dependency);
    writeFileSync(join(dependency, "go.mod"), "module example.com/dependency\n\ngo 1.21\n");
    const mod = `module example.com/one\n\ngo 1.21\n\nrequire example.com/dependency v1.0.0\n\nreplace example.com/dependency => ./dependency\n`;
    writeFileSync(join(folder(), "go.mod"), mod);
    const embedded = { module: "example.com/dependency", folder: "data", files: ["a.json"] };
    const found = await embeddedFiles(embedded, folder(), buildEnvironment(process.env));
    assert.deepEqual(found, [[join(folder(), "a.json"), join(dependency, "data/a.json")]]);
  });
});

describe("writeOverlay", () => {
  const folder = temporaryFolder();

  it("writes what go takes", () => {
    const file = join(folder(), "overlay");
    writeOverlay([["/seeming", "/real"]], file);
    assert.deepEqual(JSON.parse(readFileSync(file, "utf8")), { Replace: { "/seeming": "/real" } });
  });
});
