import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { projectFolder } from "../support/markdown.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

describe("what the start file keeps of a file without its types", () => {
  const folder = temporaryFolder();

  const start = () => {
    const argv = ["--import", pathToFileURL(join(folder(), "runTypeScript.mjs")).href, join(folder(), "program.ts")];
    return spawnSync(process.execPath, argv, { encoding: "utf8" });
  };
  const run = () => {
    const { stdout, stderr } = start();
    assert.equal(stderr, "");
    return stdout;
  };
  const write = (text: string) => {
    writeFileSync(join(folder(), "program.ts"), `const text: string = ${JSON.stringify(text)};\nconsole.log(text);\n`);
  };

  beforeEach(() => {
    copyFileSync(join(projectFolder, "runTypeScript.mjs"), join(folder(), "runTypeScript.mjs"));
    writeFileSync(join(folder(), "package.json"), '{ "type": "module" }');
    write("first");
  });

  it("is run until the file changes", () => {
    assert.equal(run(), "first\n");
    const kept = join(folder(), "node_modules/.cache/stripped");
    const [name = "", ...others] = readdirSync(kept);
    assert.deepEqual(others, []);
    assert.doesNotMatch(readFileSync(join(kept, name), "utf8"), /: string/);
    writeFileSync(join(kept, name), 'console.log("kept");\n');
    assert.equal(run(), "kept\n");
    write("second");
    assert.equal(run(), "second\n");
    assert.equal(readdirSync(kept).length, 2);
  });

  it("is nothing where there is more than types, of which Node says where it stands", () => {
    writeFileSync(join(folder(), "program.ts"), "\nenum Kind {\n  One,\n}\n");
    assert.match(start().stderr, /program\.ts:2\n.*enum Kind/s);
  });

  it("is not needed where nothing can be written", () => {
    writeFileSync(join(folder(), "node_modules"), "");
    assert.equal(run(), "first\n");
  });
});
