import assert from "node:assert/strict";
import type { FileReport } from "../../../scripts/injectionCheck/fileReport.ts";
import { reportText } from "../../../scripts/injectionCheck/reportText.ts";

const empty: FileReport = {
  file: "a.txt",
  language: "python",
  injected: "0.1b0",
  packages: [],
  libraries: [],
  withoutInstrumentation: [],
  needs: [],
  notes: [],
};
const [marker, to] = [undefined, "2.0"];
const library = {
  version: undefined,
  range: undefined,
  marker,
  instrumentations: ["x"],
  supported: ">=1",
  through: [],
};

describe("reportText", () => {
  it("says that nothing is there, and nothing needed", () => {
    assert.equal(
      reportText(empty),
      `\
a.txt with autoinstrumentation-python:0.1b0

Packages that injection replaces
  none: no package is among the injected ones

Libraries
  none

What this application needs
  nothing`,
    );
  });

  it("has a line for each finding", () => {
    const text = reportText({
      ...empty,
      packages: [
        { name: "a", from: "2.0", to, marker, outcome: "kept" },
        { name: "b", from: "1.0", to, marker: "extra == 'x'", outcome: "replaced" },
        { name: "c", from: "", to, marker, outcome: "in range" },
        { name: "d", from: "<2", to, marker, outcome: "outside the range" },
        { name: "e", from: undefined, to, marker, outcome: "unknown" },
      ],
      libraries: [
        { ...library, name: "f", version: "1.0", outcome: "instrumented" },
        { ...library, name: "g", version: "0.1", outcome: "outside the range", through: ["h"], marker: "m" },
        { ...library, name: "i", range: ">=0", outcome: "installed version decides" },
        { ...library, name: "j", outcome: "instrumented", supported: undefined },
      ],
      withoutInstrumentation: ["a", "b"],
      needs: [
        { need: "k", reason: "because", argument: "injection.k: true", section: "gevent" },
        { need: "l", reason: "so", argument: undefined, section: "own-sdk" },
      ],
      notes: ["n"],
    });
    assert.equal(
      text,
      `\
a.txt with autoinstrumentation-python:0.1b0

Packages that injection replaces
  a: kept (2.0)
  b: from 1.0 to 2.0 [only where extra == 'x']
  c: from any version to 2.0: in range
  d: from <2 to 2.0: outside the range
  e: from what its URL holds to 2.0

Libraries
  f 1.0: instrumented by x
  g 0.1: not instrumented: outside >=1 of x, which also takes h [only where m]
  i >=0: instrumented by x if the installed version is in >=1
  j: instrumented by x, which names no range
  no instrumentation: a, b

What this application needs
  k: because
    InstrumentedApi: injection.k: true
    other pods: docs/injection.md#gevent
  l: so
    see docs/injection.md#own-sdk

Notes
  n`,
    );
  });

  it("says for Node.js that every package is kept, and what ES modules need", () => {
    const nodejs: FileReport = { ...empty, language: "nodejs" };
    assert.match(reportText(nodejs), /^ {2}all kept: each package finds its own folder$/m);
    assert.match(reportText(nodejs), /^ {2}Node\.js's own modules, such as http: instrumented$/m);
    const needs = [{ need: "k", reason: "so", argument: undefined, section: "es-modules" }] as const;
    assert.match(reportText({ ...nodejs, needs }), /http: instrumented; imported ones with the loader hook$/m);
  });

  it("counts names when they are many", () => {
    const names = Array.from({ length: 23 }, (_, index) => `p${index}`);
    assert.match(
      reportText({ ...empty, withoutInstrumentation: names }),
      /p18, p19 and 3 more \(--json names them\)$/m,
    );
  });
});
