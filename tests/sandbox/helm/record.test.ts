import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { decodeRecord, DIGEST_LABEL } from "../../../sandbox/helm/record.ts";

/** A record as Helm writes it. */
function secretOf(release: Record<string, unknown>, labels: Record<string, string> = {}) {
  const text = gzipSync(JSON.stringify(release)).toString("base64");
  const data = { release: Buffer.from(text).toString("base64") };
  return { apiVersion: "v1", kind: "Secret", metadata: { name: "sh.helm.release.v1.x.v3", labels }, data };
}

describe("decodeRecord", () => {
  const chart = { metadata: { name: "widgets", version: "1.0.0", appVersion: "7" } };

  it("reads what Helm has written down", () => {
    const release = { version: 3, info: { status: "deployed" }, chart, config: { a: { b: 1 } }, manifest: "kind: A\n" };
    assert.deepEqual(decodeRecord(secretOf(release, { [DIGEST_LABEL]: "abc" })), {
      revision: 3,
      status: "deployed",
      digest: "abc",
      chart: chart.metadata,
      values: { a: { b: 1 } },
      manifest: "kind: A\n",
    });
  });

  it("reads a record without values, manifest or label", () => {
    const { digest, values, manifest } = decodeRecord(
      secretOf({ version: 1, info: { status: "failed" }, chart, config: null }),
    );
    assert.deepEqual({ digest, values, manifest }, { digest: "", values: {}, manifest: "" });
  });
});
