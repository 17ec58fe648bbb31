import assert from "node:assert/strict";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findOnPath, printedVersion } from "../../../sandbox/programs/onPath.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

describe("printedVersion", () => {
  it("finds the version in what the programs print", () => {
    assert.equal(printedVersion("etcd Version: 3.6.5\nGit SHA: Not provided\nGo Version: go1.26.8\n"), "v3.6.5");
    assert.equal(printedVersion("Kubernetes v1.36.3\n"), "v1.36.3");
    assert.equal(printedVersion("Client Version: v1.36.3\nKustomize Version: v5.8.1\n"), "v1.36.3");
    assert.equal(printedVersion("kwok version v0.8.0 go1.26.8 (linux/amd64)\n"), "v0.8.0");
    assert.equal(printedVersion("v3.22.0+g5a5449d\n"), "v3.22.0");
  });

  it("takes a pre-release for another version", () => {
    assert.equal(printedVersion("Client Version: v1.36.3-alpha.1\n"), "v1.36.3-alpha.1");
  });

  it("finds none where there is none", () => {
    assert.equal(printedVersion("version unknown"), undefined);
  });
});

describe("findOnPath", () => {
  const folder = temporaryFolder();
  const before = process.env.PATH;

  beforeEach(() => {
    process.env.PATH = `relative:${folder()}:${before ?? ""}`;
  });

  afterEach(() => {
    process.env.PATH = before;
  });

  function program(script: string): void {
    writeFileSync(join(folder(), "some-tool"), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder(), "some-tool"), 0o755);
  }

  it("finds a program in exactly the wanted version", async () => {
    program('[ "$1" = --version ] && echo some-tool v1.2.3');
    assert.equal(await findOnPath("some-tool", ["--version"], "v1.2.3"), join(folder(), "some-tool"));
    assert.equal(await findOnPath("some-tool", ["--version"], "v1.2.4"), undefined);
  });

  it("takes a program that fails for another one", async () => {
    program("echo v1.2.3; exit 1");
    assert.equal(await findOnPath("some-tool", [], "v1.2.3"), undefined);
  });

  it("finds nothing where there is nothing", async () => {
    assert.equal(await findOnPath("no-such-tool", [], "v1.2.3"), undefined);
  });
});
