import assert from "node:assert/strict";
import { cpSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { isOlder, moduleOf, parseGoMod, readGoModule } from "../../../sandbox/programs/goModule.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

describe("parseGoMod", () => {
  it("reads the go line, single requirements and blocks of them", () => {
    const text = `module tools

go 1.26.0

tool example.com/one/cmd

require example.com/one v1.2.3

require (
\texample.com/two/v3 v3.0.1-rc.1 // indirect
\texample.com/three v0.0.0-20250102033503-faa5f7b0171c
)

replace (
\texample.com/two/v3 => example.com/fork v9.9.9
)
`;
    const { goVersion, requires } = parseGoMod(text);
    assert.equal(goVersion, "1.26.0");
    assert.deepEqual(Object.fromEntries(requires), {
      "example.com/one": "v1.2.3",
      "example.com/two/v3": "v3.0.1-rc.1",
      "example.com/three": "v0.0.0-20250102033503-faa5f7b0171c",
    });
  });

  it("refuses a text without a go line", () => {
    assert.throws(() => parseGoMod("module tools\n"), /no go line/);
  });
});

describe("readGoModule", () => {
  const folder = temporaryFolder();

  it("gives another hash when go.mod or go.sum changes", () => {
    const tools = resolve(import.meta.dirname, "../../../tools/victorialogs");
    cpSync(tools, folder(), { recursive: true });
    const { hash } = readGoModule(folder());
    assert.equal(hash, readGoModule(tools).hash);
    writeFileSync(join(folder(), "go.sum"), "\n", { flag: "a" });
    assert.notEqual(readGoModule(folder()).hash, hash);
  });
});

describe("moduleOf", () => {
  it("is the innermost module that the package is in, or none", () => {
    const requires = new Map(["example.com/a", "example.com/a/b"].map((path) => [path, "v1.0.0"]));
    assert.equal(moduleOf("example.com/a/b", requires), "example.com/a/b");
    assert.equal(moduleOf("example.com/a/bc", requires), "example.com/a");
    assert.equal(moduleOf("example.com/ab", requires), undefined);
  });
});

describe("isOlder", () => {
  it("compares numbers, not text, and takes missing parts for 0", () => {
    assert.equal(isOlder("1.9", "1.26.0"), true);
    assert.equal(isOlder("1.26", "1.26.0"), false);
    assert.equal(isOlder("1.26.8", "1.26.0"), false);
    assert.equal(isOlder("1.26.0", "1.26.1"), true);
    assert.equal(isOlder("2.0", "1.99.9"), false);
  });
});
