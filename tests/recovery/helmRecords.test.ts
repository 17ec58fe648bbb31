import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { readRecords } from "../../recovery/helmRecords.ts";

describe("readRecords", () => {
  const release = { version: 1, info: { status: "deployed" }, chart: { metadata: { name: "w", version: "1.0.0" } } };
  const secret = (name: string, text: Buffer | string) => ({
    metadata: { name },
    data: { release: Buffer.from(Buffer.from(text).toString("base64")).toString("base64") },
  });

  it("are the revisions, oldest first, compressed or not", () => {
    const { revisions, unreadable } = readRecords([
      secret("two", JSON.stringify({ ...release, version: 2 })),
      secret("one", gzipSync(JSON.stringify(release))),
    ]);
    assert.deepEqual(
      revisions.map(({ revision, secret: { metadata } }) => [revision, metadata.name]),
      [
        [1, "one"],
        [2, "two"],
      ],
    );
    assert.deepEqual(unreadable, []);
  });

  it("name what cannot be read", () => {
    const torn = gzipSync(JSON.stringify(release)).subarray(0, 20);
    const { revisions, unreadable } = readRecords([
      ...[{ metadata: { name: "empty" } }, secret("text", "hello"), secret("torn", torn), secret("other", "{}")],
      secret("good", gzipSync(JSON.stringify(release))),
    ]);
    assert.equal(revisions.length, 1);
    assert.deepEqual(unreadable, ["empty", "text", "torn", "other"]);
  });

  it("name what lacks something that recovery goes by", () => {
    const lacking = {
      version: { ...release, version: undefined },
      status: { ...release, info: {} },
      chart: { ...release, chart: { metadata: { name: "w" } } },
    };
    const secrets = Object.entries(lacking).map(([name, text]) => secret(name, JSON.stringify(text)));
    assert.deepEqual(readRecords(secrets), { revisions: [], unreadable: Object.keys(lacking) });
  });
});
