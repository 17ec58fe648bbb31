import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../../support/markdown.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

/** One that is made of others, as redis's is, and a timer that would keep the process alive. */
const instrumentations = `
exports.getNodeAutoInstrumentations = () => {
  setInterval(() => {}, 1000);
  const files = [{ name: "pg/lib/client.js" }];
  return [
    { instrumentationName: "a", _modules: [{ name: "pg", supportedVersions: [">=8 <9"], files }] },
    { instrumentationName: "b", _modules: [], getModuleDefinitions: () => [{ name: "redis", supportedVersions: ["1", "2"] }] },
    { instrumentationName: "c", _modules: [] },
  ];
};
`;

describe("moduleDefinitions", function () {
  this.slow(5000);
  const folder = temporaryFolder();

  it("prints the modules of each instrumentation, and ends", () => {
    const packageFolder = join(folder(), "node_modules/@opentelemetry/auto-instrumentations-node");
    mkdirSync(packageFolder, { recursive: true });
    writeFileSync(join(packageFolder, "index.js"), instrumentations);
    const program = join(projectFolder, "scripts/injectionCheck/moduleDefinitions.ts");
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["--import", "./runTypeScript.mjs", program, folder()],
      {
        cwd: projectFolder,
        encoding: "utf8",
        timeout: 9000,
      },
    );
    assert.equal(stderr, "");
    assert.equal(status, 0);
    assert.deepEqual(JSON.parse(stdout), [
      { name: "a", modules: [{ name: "pg", supportedVersions: [">=8 <9"] }] },
      { name: "b", modules: [{ name: "redis", supportedVersions: ["1", "2"] }] },
      { name: "c", modules: [] },
    ]);
  });
});
