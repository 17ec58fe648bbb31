import assert from "node:assert/strict";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { OutputCopy, runtimeFile } from "../../../sandbox/telemetry/containerRuntime.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const now = new Date("2026-11-28T12:00:00.5Z");

describe("OutputCopy", () => {
  const folder = temporaryFolder();
  const files = () => {
    const container = { namespace: "apps", pod: "till-local-0", container: "till" };
    return [path.join(folder(), "till.log"), runtimeFile(path.join(folder(), "pods"), container)] as const;
  };

  it("writes whole lines as the runtime does, below the name of the pod", () => {
    const [from, to] = files();
    const copy = new OutputCopy(from, to);
    copy.copy(now);
    writeFileSync(from, "one\ntwo\nthr");
    copy.copy(now);
    // The letter's second byte comes later.
    appendFileSync(from, Buffer.from([0x65, 0x65, 0xc3]));
    copy.copy(now);
    appendFileSync(from, Buffer.from([0xa9, 0x0a]));
    copy.copy(now);
    assert.match(to, /pods\/apps_till-local-0_local\/till\/0\.log$/);
    assert.equal(
      readFileSync(to, "utf8"),
      ["one", "two", "threeé"].map((text) => `2026-11-28T12:00:00.500Z stdout F ${text}\n`).join(""),
    );
  });

  it("begins anew where the program does", () => {
    const [from, to] = files();
    writeFileSync(from, "a longer line\n");
    const copy = new OutputCopy(from, to);
    copy.copy(now);
    writeFileSync(from, "short\n");
    copy.copy(now);
    const texts = readFileSync(to, "utf8").trimEnd().split("\n");
    assert.deepEqual(
      texts.map((line) => line.slice("2026-11-28T12:00:00.500Z stdout F ".length)),
      ["a longer line", "short"],
    );
  });

  it("copies nothing twice when it is started anew", () => {
    const [from, to] = files();
    writeFileSync(from, "one\n");
    new OutputCopy(from, to).copy(now);
    new OutputCopy(from, to).copy(now);
    assert.equal(readFileSync(to, "utf8").split("\n").length, 2);
  });
});
