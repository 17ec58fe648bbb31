import assert from "node:assert/strict";
import { logStoreArgs } from "../../../components/backends/logs.ts";
import { localArgs } from "../../../sandbox/telemetry/victoriaLogs.ts";
import { parseSettings } from "../../../settings/read.ts";

describe("localArgs", () => {
  const { logs } = parseSettings({});

  it("puts data and port on this machine", () => {
    const args = localArgs(logStoreArgs(logs), "/state", 9000);
    assert.ok(args.includes("-storageDataPath=/state") && args.includes("-httpListenAddr=127.0.0.1:9000"));
  });

  it("has no address over TLS: there is no certificate for this machine", () => {
    assert.deepEqual(
      localArgs(logStoreArgs(logs, true), "/state", 9000),
      localArgs(logStoreArgs(logs), "/state", 9000),
    );
  });
});
