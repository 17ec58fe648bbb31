import assert from "node:assert/strict";
import type { LogLine } from "../../../page/model/logLines.ts";
import { describeLines, podTimes, traceLinesUrl } from "../../../page/model/traceLines.ts";
import { toTrace } from "../../../page/model/trace.ts";
import { jaegerTrace } from "../../support/exampleTrace.ts";

const process = {
  serviceName: "python-api",
  tags: [
    { key: "k8s.namespace.name", value: "apps" },
    { key: "k8s.pod.name", value: "python-api-1" },
  ],
};

const line: LogLine = {
  time: "2026-11-28T12:00:00.5Z",
  severity: "Error",
  text: "payment failed",
  service: "till",
  namespace: "shop",
  pod: "till-1",
  traceId: "aa11",
};

describe("podTimes", () => {
  it("are those of the pods that spans name, from the first to the last and a moment more", () => {
    assert.deepEqual(podTimes(toTrace({ ...jaegerTrace, processes: { p1: process } })), [
      { namespace: "apps", pod: "python-api-1", from: 1_699_999_999_800_000, to: 1_700_000_000_210_000 },
    ]);
  });

  it("are none where spans name no pod", () => {
    assert.deepEqual(podTimes(toTrace(jaegerTrace)), []);
  });
});

describe("traceLinesUrl", () => {
  it("leads to the lines that name the trace, and to those of its pods that name none", () => {
    const trace = toTrace({ ...jaegerTrace, processes: { p1: process } });
    const query = new URLSearchParams(new URL(traceLinesUrl("http://127.0.0.1:9428", trace)).hash.slice("#/?".length));
    assert.match(
      query.get("query") ?? "",
      /^\(trace_id:="[^"]+"\) or \(_time:\[.*k8s\.pod\.name="python-api-1"\} trace_id:""\)$/,
    );
  });
});

describe("describeLines", () => {
  it("shows time, severity, service and text, each line of a record below the other", () => {
    const lines = [line, { ...line, severity: "", service: "a", text: "Traceback\n  File" }];
    assert.deepEqual(describeLines({ lines, cut: false }), [
      "log lines:",
      "  12:00:00.500  Error  till  payment failed",
      "  12:00:00.500         a     Traceback",
      "                               File",
    ]);
  });

  it("marks lines that name no trace, and says what that means", () => {
    const text = describeLines({ lines: [line, { ...line, traceId: undefined }], cut: false });
    assert.deepEqual(
      text.slice(1, 3).map((each) => each[0]),
      [" ", "~"],
    );
    assert.match(text.at(-1) ?? "", /^~ names no trace: a line of the same pod at that time/);
  });

  it("says that there are none, or more", () => {
    assert.match(describeLines({ lines: [], cut: false }).join(), /^no log line/);
    assert.match(describeLines({ lines: [line], cut: true }).at(-1) ?? "", /^there are more: the first 100/);
  });
});
