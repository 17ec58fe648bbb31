import assert from "node:assert/strict";
import type { AppPackage } from "../../../scripts/injectionCheck/application.ts";
import { nodejsLibraries } from "../../../scripts/injectionCheck/nodejsLibraries.ts";

const instrumented = {
  nodejs: {
    express: [{ instrumentation: "@o/instrumentation-express", range: ">=4.0.0 <6" }],
    redis: [{ instrumentation: "@o/instrumentation-redis", range: ">=2.6.0 <4" }],
    "@redis/client": [{ instrumentation: "@o/instrumentation-redis", range: "^1.0.0" }],
    winston: [
      { instrumentation: "@o/instrumentation-winston", range: ">=3 <4" },
      { instrumentation: "@o/instrumentation-winston", range: ">=1 <3" },
    ],
  },
  nodejsWithoutModules: ["@o/instrumentation-undici"],
};

function rows(packages: Omit<AppPackage, "direct">[], transitive = true) {
  const all = packages.map((own) => ({ ...own, direct: true }));
  return nodejsLibraries(all, instrumented, transitive);
}

function outcome(name: string, own: Omit<AppPackage, "direct" | "name">) {
  return rows([{ name, ...own }])[0]?.outcome;
}

describe("nodejsLibraries", () => {
  it("compares a version with the supported ranges", () => {
    assert.equal(outcome("express", { version: "4.21.0" }), "instrumented");
    assert.equal(outcome("express", { version: "3.9.0" }), "outside the range");
    // So does the instrumentation itself.
    assert.equal(outcome("express", { version: "6.0.0-beta.1" }), "outside the range");
    assert.equal(outcome("fastify", { version: "5.0.0" }), undefined);
    assert.equal(outcome("constructor", { version: "1.0.0" }), undefined);
  });

  it("compares a range: wholly inside, partly, not at all, unknown", () => {
    assert.equal(outcome("express", { range: "^4.17.0" }), "instrumented");
    assert.equal(outcome("express", { range: ">=3" }), "installed version decides");
    assert.equal(outcome("express", { range: "^3.0.0" }), "outside the range");
    assert.equal(outcome("express", {}), "installed version decides");
    assert.equal(outcome("winston", { range: "^2.0.0" }), "instrumented");
  });

  it("joins the ranges of an instrumentation", () => {
    const [winston] = rows([{ name: "winston", version: "2.0.0" }]);
    assert.equal(winston?.supported, ">=3 <4 || >=1 <3");
    assert.deepEqual(winston.instrumentations, ["@o/instrumentation-winston"]);
  });

  it("names the package through which the same instrumentation sees a library", () => {
    const redis = { name: "redis", version: "4.6.0" };
    const through = (packages: Omit<AppPackage, "direct">[], transitive: boolean) =>
      rows(packages, transitive).find(({ name }) => name === "redis")?.through;
    assert.deepEqual(through([redis, { name: "@redis/client", version: "1.5.0" }], true), ["@redis/client"]);
    assert.deepEqual(through([redis], true), []);
    assert.deepEqual(through([redis], false), ["@redis/client"]);
    assert.deepEqual(through([{ name: "redis", version: "3.0.0" }], false), []);
  });

  it("knows an instrumentation that names no module by its name", () => {
    const [undici] = rows([{ name: "undici", version: "6.0.0" }]);
    assert.deepEqual([undici?.outcome, undici?.supported], ["instrumented", undefined]);
  });
});
