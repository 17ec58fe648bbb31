import assert from "node:assert/strict";
import { buildFailure, buildProgress } from "../../../sandbox/programs/goOutput.ts";

const downloads = "go: downloading example.com/a v1.0.0\ngo: downloading example.com/b v1.0.0\n";
const packages = (count: number) =>
  Array.from({ length: count }, (_, index) => `example.com/a/p${String(index)}\n`).join("");

describe("buildProgress", () => {
  it("says nothing before go does", () => {
    assert.equal(buildProgress(""), undefined);
  });

  it("says that modules are downloaded until the first package is compiled", () => {
    assert.equal(buildProgress(downloads), "downloading its modules");
    assert.equal(buildProgress(downloads + packages(1)), "compiling");
  });

  it("counts packages by the hundred", () => {
    assert.equal(buildProgress(downloads + packages(99)), "compiling");
    assert.equal(buildProgress(downloads + packages(100)), "compiling, 100 packages so far");
    assert.equal(buildProgress(downloads + packages(350)), "compiling, 300 packages so far");
  });

  it("hands on what a generator says", () => {
    assert.equal(buildProgress("INFO Generating source codes\n"), "INFO Generating source codes");
  });
});

describe("buildFailure", () => {
  it("finds the error between the packages that went on being compiled", () => {
    const output = `${downloads}example.com/a\n# example.com/a\n./main.go:3:15: undefined: missing\nexample.com/b\n`;
    assert.equal(buildFailure(output), "./main.go:3:15: undefined: missing");
  });

  it("finds none where there is only progress", () => {
    assert.equal(buildFailure(downloads + packages(2)), undefined);
  });
});
