import assert from "node:assert/strict";
import type { Application } from "../../../scripts/injectionCheck/application.ts";
import { fileReport } from "../../../scripts/injectionCheck/fileReport.ts";

const injected = {
  packages: new Map([["requests", "2.34.2"]]),
  instrumented: {
    pythonAutoInstrumentation: "0.1b0",
    nodejsAutoInstrumentation: "0.2.0",
    python: { requests: { loads: ["requests"], all: [{ package: "requests", range: "~=2.0" }], any: [] } },
    nodejs: {
      express: [{ instrumentation: "@o/instrumentation-express", range: ">=4" }],
      "express-inside": [{ instrumentation: "@o/instrumentation-express", range: ">=1" }],
    },
    nodejsWithoutModules: [],
  },
};

describe("fileReport", () => {
  it("has of a Python application what is replaced, instrumented and needed", () => {
    const packages = ["requests", "left-pad"].map((name) => ({ name, version: "2.31.0", direct: true }));
    const report = fileReport({ language: "python", file: "a.txt", packages, notes: ["x"] }, injected);
    const [note, image = "", ...others] = report.notes;
    assert.deepEqual(
      [report.file, report.language, report.injected, note, others],
      ["a.txt", "python", "0.1b0", "x", []],
    );
    assert.match(image, /^a PYTHONPATH that the image sets .*: set it again as the container's env/);
    assert.deepEqual(
      [report.packages, report.libraries, report.needs].map((list) => list.length),
      [1, 1, 1],
    );
    assert.deepEqual(report.withoutInstrumentation, ["left-pad"]);
  });

  it("has of a Node.js application no replaced package", () => {
    const packages = ["express", "requests"].map((name) => ({ name, version: "4.0.0", direct: true }));
    const manifest = { esModules: true };
    const report = fileReport({ language: "nodejs", file: "package.json", packages, notes: [], manifest }, injected);
    assert.deepEqual([report.injected, report.packages], ["0.2.0", []]);
    assert.equal(report.libraries[0]?.outcome, "instrumented");
    assert.deepEqual(report.withoutInstrumentation, ["requests"]);
    assert.deepEqual(
      report.needs.map(({ section }) => section),
      ["nodejs-the-end", "es-modules"],
    );
    assert.match(report.notes.join(), /^a NODE_OPTIONS that the image sets /);
  });

  it("knows that a lock file holds what is inside libraries, and package.json does not", () => {
    const packages = [{ name: "express", version: "3.0.0", direct: true }];
    const base = { language: "nodejs", file: "x", packages, notes: [] } as const;
    const through = (application: Application) => fileReport(application, injected).libraries[0]?.through;
    assert.deepEqual(through(base), []);
    assert.deepEqual(through({ ...base, manifest: { esModules: false } }), ["express-inside"]);
  });
});
