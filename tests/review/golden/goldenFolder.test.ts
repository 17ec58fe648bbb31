import assert from "node:assert/strict";
import { join } from "node:path";
import { readGolden, writeGolden } from "../../../review/golden/goldenFolder.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

describe("writeGolden", () => {
  const temporary = temporaryFolder();
  const folder = () => join(temporary(), "golden", "dev");

  it("makes the folder hold exactly the files", async () => {
    await writeGolden(
      folder(),
      new Map([
        ["a.yaml", "1"],
        ["b.yaml", "2"],
      ]),
    );
    const changes = await writeGolden(
      folder(),
      new Map([
        ["b.yaml", "2"],
        ["c.yaml", "3"],
      ]),
    );
    assert.deepEqual(changes, { written: ["c.yaml"], removed: ["a.yaml"], unchanged: ["b.yaml"] });
    assert.deepEqual(
      [...(await readGolden(folder()))],
      [
        ["b.yaml", "2"],
        ["c.yaml", "3"],
      ],
    );
  });

  it("says what changed", async () => {
    await writeGolden(folder(), new Map([["a.yaml", "1"]]));
    const changes = await writeGolden(folder(), new Map([["a.yaml", "2"]]));
    assert.deepEqual(changes, { written: ["a.yaml"], removed: [], unchanged: [] });
  });
});

describe("readGolden", () => {
  const temporary = temporaryFolder();

  it("finds nothing where there is no folder", async () => {
    assert.deepEqual(await readGolden(join(temporary(), "none")), new Map());
  });
});
