import assert from "node:assert/strict";
import { nodejsNeeds } from "../../../scripts/injectionCheck/nodejsNeeds.ts";

function needs(names: readonly string[], manifest?: { esModules: boolean; start?: string }) {
  const packages = names.map((name) => ({ name, direct: true }));
  const all = nodejsNeeds({
    language: "nodejs",
    file: "package.json",
    packages,
    notes: [],
    ...(manifest && { manifest }),
  });
  // Of every application, since no file tells whether it handles SIGTERM.
  assert.deepEqual(all[0]?.section, "nodejs-the-end");
  return all.slice(1);
}

describe("nodejsNeeds", () => {
  it("are the end at SIGTERM alone for CommonJS that node starts", () => {
    assert.deepEqual(needs(["express", "@opentelemetry/api"], { esModules: false }), []);
  });

  it("are one SDK", () => {
    for (const name of [
      "@opentelemetry/sdk-node",
      "@opentelemetry/sdk-trace-base",
      "@opentelemetry/auto-instrumentations-node",
    ]) {
      const [need] = needs([name, name]);
      assert.equal(need?.section, "own-sdk");
      assert.ok(need.reason.startsWith(`it has ${name}: `), need.reason);
    }
  });

  it("are the loader hook for ES modules", () => {
    const [need] = needs([], { esModules: true });
    assert.deepEqual([need?.argument, need?.section], ["injection.nodejs.loaderHook: true", "es-modules"]);
  });

  it("are node in the place of npm", () => {
    const [need] = needs([], { esModules: false, start: "node server.js" });
    assert.match(need?.reason ?? "", /run what scripts\.start runs \(node server\.js\) in the container$/);
    assert.equal(need?.section, "npm-start");
  });

  it("are nothing for what starts several processes: the collector tells them apart", () => {
    assert.deepEqual(needs(["pm2", "throng"]), []);
  });
});
