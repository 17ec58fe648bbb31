import assert from "node:assert/strict";
import type { Application } from "../../review/injection/application.ts";
import { compare, endBound, hasAllRequests } from "./comparison.ts";
import type { Observation } from "./observation.ts";

const plain: Observation = { lines: ["started 7", "done"], answers: ["/ok 200 {}"], exit: "code 0", endSeconds: 0.1 };
const same = { missingLines: [], unknownLines: [], otherAnswers: [], extraSeconds: 0 };
const difference = (injected: Partial<Observation>, without: Partial<Observation> = {}) =>
  compare({ ...plain, ...without }, { ...plain, ...injected });

describe("compare", () => {
  it("sees no difference in numbers of processes, times and the order of lines", () => {
    assert.deepEqual(difference({ lines: ["done", "started 12"] }), same);
  });

  it("names lines that are missing, as often as they are", () => {
    assert.deepEqual(difference({ lines: ["done"] }).missingLines, ["started 7"]);
    assert.deepEqual(difference({ lines: ["a"] }, { lines: ["a", "a"] }).missingLines, ["a"]);
  });

  it("compares what an application says of its packages as it is", () => {
    const [without, injected] = [["versions requests 2.28.2"], ["versions requests 2.34.2"]];
    assert.deepEqual(difference({ lines: injected }, { lines: without }).missingLines, without);
  });

  it("names lines that are new and not in the docs", () => {
    const lines = [...plain.lines, "Picked up JAVA_TOOL_OPTIONS: -javaagent:a.jar", "surprise"];
    assert.deepEqual(difference({ lines }).unknownLines, ["surprise"]);
  });

  it("misses the application's own frames of a stack, and no others", () => {
    const lines = ["  File framework.py", '  File "/apps/python/a.py"'];
    assert.deepEqual(difference({ lines: [] }, { lines }).missingLines, ['  File "/apps/python/a.py"']);
  });

  it("takes no notice of the trace's ids in a Node.js logger's line", () => {
    const ids = ',"trace_id":"0af7","span_id":"b7ad","trace_flags":"01"';
    assert.deepEqual(difference({ lines: [`{"msg":"a"${ids}}`] }, { lines: ['{"msg":"a"}'] }), same);
  });

  it("names other answers, and another end", () => {
    assert.deepEqual(difference({ answers: ["/ok 500 {}"] }).otherAnswers, ["/ok 200 {}"]);
    assert.deepEqual(difference({ exit: "never" }).otherExit, ["code 0", "never"]);
  });

  it("says how much longer the end took, of one that ends", () => {
    assert.equal(difference({ endSeconds: 1.6 }).extraSeconds, 1.5);
    assert.equal(difference({ exit: "never", endSeconds: 8 }, { exit: "never" }).extraSeconds, 0);
  });
});

const [java, nodejs] = [{ language: "java" }, { language: "nodejs" }] as const;

describe("endBound", () => {
  it("depends on the collector, the language and the application", () => {
    const bounds = [endBound("there", java), endBound("slow", java), endBound("silent", nodejs)];
    assert.deepEqual([...bounds, endBound("silent", { ...java, longestEnd: 8 })], [1.5, 4, 2.5, 8]);
  });
});

describe("hasAllRequests", () => {
  const spans = { unspecified: 0, internal: 5, server: 2, client: 1, producer: 0, consumer: 0 };
  const received = { spans, served: 2 };
  const all = (requests: Application["requests"], state: "there" | "silent" = "there", served = 2) =>
    hasAllRequests(
      { ...(requests && { requests }) } as Application,
      { ...plain, received: { ...received, served } },
      state,
    );

  it("compares spans, and of a server the metric too", () => {
    assert.equal(all({ kind: "server", count: 2 }), true);
    assert.equal(all({ kind: "server", count: 3 }), false);
    assert.equal(all({ kind: "server", count: 2 }, "there", 1), false);
    assert.equal(all({ kind: "client", count: 1 }, "there", 0), true);
  });

  it("says nothing where there is nothing to say", () => {
    assert.equal(all(undefined), undefined);
    assert.equal(all({ kind: "server", count: 2 }, "silent"), undefined);
  });
});
