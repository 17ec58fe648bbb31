import assert from "node:assert/strict";
import { goModules } from "../../../scripts/sbom/goModules.ts";

const goMod = `module example.org/tools

go 1.26.0

replace example.org/old => example.org/new v2.0.0

replace example.org/folder => ./folder

require example.org/old v1.0.0

require (
	example.org/folder v1.0.0
	example.org/pinned v0.0.0
	example.org/plain v1.2.3 // indirect
)

replace (
	example.org/pinned => example.org/pinned v0.36.3
)
`;

describe("the Go modules of a bill of materials", () => {
  it("are those that are built: replaced ones by what takes their place, folders of this project not", () => {
    assert.deepEqual(
      goModules(goMod)
        .map(({ path, version }) => `${path} ${version}`)
        .sort(),
      ["example.org/new v2.0.0", "example.org/pinned v0.36.3", "example.org/plain v1.2.3"],
    );
  });
});
