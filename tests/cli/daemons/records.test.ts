import assert from "node:assert/strict";
import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { addRecord, type ProgramRecord, readRecords, removeRecord } from "../../../cli/daemons/records.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const record = (name: string, pid: number): ProgramRecord => ({
  name,
  pid,
  started: "1",
  executable: "/bin/x",
  since: "2026-01-01T00:00:00.000Z",
  log: "/l",
  url: "",
  fingerprint: "f",
});

describe("records", () => {
  const folder = temporaryFolder();

  it("are kept in order, one for each name", () => {
    addRecord(folder(), record("a", 1));
    addRecord(folder(), record("b", 2));
    addRecord(folder(), record("a", 3));
    assert.deepEqual(readRecords(folder()), [record("b", 2), record("a", 3)]);
  });

  it("leave no file behind when the last one goes", () => {
    addRecord(folder(), record("a", 1));
    removeRecord(folder(), "a");
    assert.deepEqual(readRecords(folder()), []);
    assert.equal(existsSync(path.join(folder(), "processes.json")), false);
  });

  it("count as none when there is no file, or one that is no record", () => {
    assert.deepEqual(readRecords(path.join(folder(), "nothing")), []);
    writeFileSync(path.join(folder(), "processes.json"), "{");
    assert.deepEqual(readRecords(folder()), []);
  });
});
