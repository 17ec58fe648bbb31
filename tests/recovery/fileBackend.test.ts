import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { backendFolder, fileBackend, stateFileOf, stateFiles } from "../../recovery/fileBackend.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

describe("fileBackend", () => {
  it("is the folder that pulumi reads from the URL", async () => {
    const whoami = () => Promise.resolve(JSON.stringify({ url: "file://./state" }));
    assert.equal(await fileBackend(whoami, "/project"), "/project/state");
    for (const [url, folder] of [
      ["file:///one/two", "/one/two"],
      ["file://state", "/project/state"],
      ["file://./state?no_tmp_dir=true", "/project/state"],
      ["file:///one/two#three", "/one/two"],
      ["file://../state", "/state"],
      ["file://~", homedir()],
      ["file://~/state", path.join(homedir(), "state")],
      ["file:///with%20blank", "/with blank"],
      ["https://api.pulumi.com", undefined],
      ["s3://bucket?region=eu", undefined],
    ] as const) {
      assert.equal(backendFolder(url, "/project"), folder, url);
    }
  });
});

describe("stateFiles", () => {
  const folder = temporaryFolder();

  it("are one for each stack of each project, without copies and attributes", () => {
    for (const [project, stack] of [
      ["one", "dev"],
      ["one", "prod"],
      ["two", "dev"],
    ] as const) {
      const file = stateFileOf(folder(), project, stack);
      mkdirSync(path.dirname(file), { recursive: true });
      for (const ending of ["", ".bak", ".attrs"]) writeFileSync(`${file}${ending}`, "{}");
    }
    assert.deepEqual(
      stateFiles(folder()).map(({ project, stack, file }) => [project, stack, path.relative(folder(), file)]),
      [
        ["one", "dev", ".pulumi/stacks/one/dev.json"],
        ["one", "prod", ".pulumi/stacks/one/prod.json"],
        ["two", "dev", ".pulumi/stacks/two/dev.json"],
      ],
    );
  });

  it("are none where there is no backend", () => {
    assert.deepEqual(stateFiles(path.join(folder(), "none")), []);
  });
});
