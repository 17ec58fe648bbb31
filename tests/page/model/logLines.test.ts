import assert from "node:assert/strict";
import { linesOfAnswer, linesPath, linesUrl, ofPod, ofTrace, toLine } from "../../../page/model/logLines.ts";

describe("toLine", () => {
  it("takes what a person reads out of a record", () => {
    assert.deepEqual(
      toLine({
        _time: "2026-11-28T12:00:00.5Z",
        _msg: "late",
        severity_text: "Warn",
        "service.name": "till",
        "k8s.namespace.name": "shop",
        "k8s.pod.name": "till-1",
        "k8s.node.name": "n",
        trace_id: "aa11",
      }),
      {
        time: "2026-11-28T12:00:00.5Z",
        severity: "Warn",
        text: "late",
        service: "till",
        namespace: "shop",
        pod: "till-1",
        traceId: "aa11",
      },
    );
  });

  it("leaves empty what the record does not say", () => {
    const { severity, service, traceId } = toLine({ _time: "2026-11-28T12:00:00Z", severity_text: "Unspecified" });
    assert.deepEqual([severity, service, traceId], ["", "", undefined]);
  });
});

describe("linesOfAnswer", () => {
  it("has a line for each record", () => {
    const lines = linesOfAnswer('{"_time":"1","_msg":"a"}\n{"_time":"2","_msg":"b"}\n');
    assert.deepEqual(
      lines.map(({ time, text }) => [time, text]),
      [
        ["1", "a"],
        ["2", "b"],
      ],
    );
    assert.deepEqual(linesOfAnswer(""), []);
  });
});

describe("linesPath", () => {
  it("asks for the oldest hundred", () => {
    const [path, search] = linesPath("a:b").split("?");
    assert.equal(path, "/select/logsql/query");
    assert.equal(new URLSearchParams(search).get("query"), "a:b | sort by (_time) limit 100");
  });
});

describe("filters", () => {
  it("quote what they get", () => {
    assert.equal(ofTrace('a"b'), 'trace_id:="a\\"b"');
    assert.equal(
      ofPod({ namespace: "shop", pod: "till-1", from: 1_700_000_000_000_000, to: 1_700_000_001_000_000 }),
      '_time:[2023-11-14T22:13:20.000Z, 2023-11-14T22:13:21.000Z] {k8s.namespace.name="shop", k8s.pod.name="till-1"} trace_id:""',
    );
  });
});

describe("linesUrl", () => {
  it("leads to the page with the filter and the five minutes before a time", () => {
    const url = new URL(linesUrl("http://127.0.0.1:9428", ofTrace("aa11"), 1_700_000_000_000_000));
    assert.equal(url.pathname, "/select/vmui/");
    const query = new URLSearchParams(url.hash.slice("#/?".length));
    assert.deepEqual(Object.fromEntries(query), {
      query: 'trace_id:="aa11"',
      "g0.range_input": "5m",
      "g0.end_input": "2023-11-14T22:13:20.000Z",
      "g0.relative_time": "none",
    });
  });
});
