import assert from "node:assert/strict";
import type { Instrumented } from "../../../scripts/injectionCheck/instrumented.ts";
import { instrumentedDifferences } from "../../../scripts/injectionCheck/verifyInstrumented.ts";

const flask = { loads: ["flask"], all: [{ package: "flask", range: ">=1.0" }], any: [] };
const stated: Instrumented = {
  pythonAutoInstrumentation: "0.1b0",
  nodejsAutoInstrumentation: "0.2.0",
  python: { flask },
  nodejs: { pg: [{ instrumentation: "a", range: "1" }] },
  nodejsWithoutModules: ["b"],
};

describe("instrumentedDifferences", () => {
  it("finds none between equal data", () => {
    assert.deepEqual(instrumentedDifferences(stated, structuredClone(stated)), []);
  });

  it("names what changed, came and went", () => {
    const installed: Instrumented = {
      ...stated,
      pythonAutoInstrumentation: "0.3b0",
      python: { flask: { ...flask, all: [] } },
      nodejs: { redis: [] },
      nodejsWithoutModules: [],
    };
    assert.deepEqual(instrumentedDifferences(stated, installed), [
      'pythonAutoInstrumentation: is "0.1b0", installed is "0.3b0"',
      `python.flask: is ${JSON.stringify(flask)}, installed is ${JSON.stringify({ ...flask, all: [] })}`,
      'nodejs.pg: is [{"instrumentation":"a","range":"1"}], installed is (none)',
      'nodejsWithoutModules: is ["b"], installed is []',
      "nodejs.redis: is (none), installed is []",
    ]);
  });

  it("names everything where there is no data file", () => {
    assert.equal(instrumentedDifferences(undefined, stated).length, 5);
  });
});
