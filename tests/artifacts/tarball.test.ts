import assert from "node:assert/strict";
import { gunzipSync, gzipSync } from "node:zlib";
import { pack, unpack } from "../../artifacts/tarball.ts";

const files = {
  "a/Chart.yaml": "name: a\n",
  "a/empty": "",
  "a/exactly": "x".repeat(512),
  "a/bytes": Buffer.from([0, 255]),
};

/** The archive with its first header changed. */
function changed(change: (bytes: Buffer) => void): Buffer {
  const bytes = gunzipSync(pack(files));
  change(bytes);
  return gzipSync(bytes);
}

describe("pack", () => {
  it("is the same each time", () => {
    assert.deepEqual(pack(files), pack(files));
  });

  it("refuses a path that does not fit", () => {
    assert.throws(() => pack({ ["x".repeat(101)]: "" }), RangeError);
  });
});

describe("unpack", () => {
  it("gives the files that were packed", () => {
    const expected = Object.entries(files).map(([path, content]) => [path, Buffer.from(content)]);
    assert.deepEqual(unpack(pack(files)), Object.fromEntries(expected));
  });

  it("gives nothing for what is no archive", () => {
    assert.equal(unpack(Buffer.from("text")), undefined);
    assert.equal(unpack(gzipSync("text ".repeat(200))), undefined);
  });

  it("leaves out folders, and gives nothing for an archive with links or long names", () => {
    const folder = changed((bytes) => bytes.write("5", 156));
    assert.equal(Object.keys(unpack(folder) ?? {}).includes("a/Chart.yaml"), false);
    assert.equal(unpack(changed((bytes) => bytes.write("2", 156))), undefined);
    assert.equal(unpack(changed((bytes) => bytes.write("prefix", 345))), undefined);
  });
});
