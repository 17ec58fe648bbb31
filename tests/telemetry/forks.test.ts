import assert from "node:assert/strict";
import { once } from "node:events";
import { sandboxPaths } from "../../sandbox/paths.ts";
import { type Application, script } from "../../review/injection/application.ts";
import { OtlpSink } from "../../review/injection/otlpSink.ts";
import { startInjected } from "../support/injectedApplication.ts";
import { requirePython } from "../support/telemetryStack.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const job: Application = {
  ...{ name: "job that forks", language: "python", kind: "job", packages: "web", injection: {} },
  command: script("fork_job.py"),
  ready: { line: /^done$/, count: 1 },
};

describe("processes that are forked while their parent's metrics are on their way", function () {
  this.timeout(180_000);
  const folder = temporaryFolder();

  before(async function () {
    await requirePython(this);
  });

  it("send all that they count, and nothing of their parent's", async () => {
    // An export takes a second of two.
    const sink = await OtlpSink.start("slow");
    try {
      const timeouts = { OTEL_EXPORTER_OTLP_TIMEOUT: "10", OTEL_EXPORTER_OTLP_METRICS_TIMEOUT: "10" };
      const env = { OTEL_SERVICE_NAME: "forks", ...timeouts };
      const { child, said } = await startInjected(job, {
        ...{ paths: sandboxPaths(), folder: folder(), collector: sink.url, env },
      });
      if (child.exitCode === null) await once(child, "exit");
      assert.deepEqual([sink.received.served, sink.received.spans.server], [13, 13], said());
    } finally {
      await sink.stop();
    }
  });

  it("have a connection of their own for log records", async () => {
    const sink = await OtlpSink.start("there");
    try {
      const logs = { ...job, command: script("fork_logs.py") };
      const env = { OTEL_SERVICE_NAME: "forks", OTEL_LOGS_EXPORTER: "otlp" };
      const { child, said } = await startInjected(logs, {
        ...{ paths: sandboxPaths(), folder: folder(), collector: sink.url, env },
      });
      if (child.exitCode === null) await once(child, "exit");
      assert.match(said(), /^done$/m);
    } finally {
      await sink.stop();
    }
  });
});
