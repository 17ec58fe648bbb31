import assert from "node:assert/strict";
import { logRecords, longestBody } from "../../../components/telemetry/logRecords.ts";

const said = JSON.stringify(logRecords);

describe("logRecords", () => {
  it("keep all texts of a record together below 2 MiB, which is the most that the store takes", () => {
    const entries = [...said.matchAll(/limit\(attributes, (\d+)/g)].map(([, number]) => Number(number));
    const bytes = [...said.matchAll(/truncate_all\(attributes, (\d+)/g)].map(([, number]) => Number(number));
    const attributes = entries.map((number, at) => number * ((bytes[at] ?? NaN) + 128));
    assert.equal(attributes.length, 3);
    assert.ok(attributes.reduce((sum, each) => sum + each, longestBody) < 2 * 1024 * 1024);
  });

  it("keep names below 128 bytes, and away from the store's own", () => {
    assert.ok(said.includes("^(.{120}).+$$"));
    for (const name of ["_msg", "_time", "_stream"]) assert.match(said, new RegExp(`\\^\\(.*${name}\\|`));
  });
});
