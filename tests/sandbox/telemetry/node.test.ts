import assert from "node:assert/strict";
import { versions } from "../../../catalog/versions.ts";
import { readProjectFile } from "../../support/markdown.ts";

const folder = "sandbox/telemetry/node";

describe("the packages for Node.js", () => {
  const { dependencies } = JSON.parse(readProjectFile(`${folder}/package.json`)) as {
    dependencies: Record<string, string>;
  };
  const lock = JSON.parse(readProjectFile(`${folder}/package-lock.json`)) as {
    packages: Record<string, { version?: string; integrity?: string; resolved?: string }>;
  };

  it("are those of the operator's image", () => {
    assert.equal(dependencies["@opentelemetry/auto-instrumentations-node"], versions.nodejsAutoInstrumentation);
  });

  it("are locked with a hash each, and no download address", () => {
    const { "": root, ...packages } = lock.packages;
    assert.ok(root);
    assert.ok(Object.keys(packages).length > 50);
    for (const [name, { integrity, resolved }] of Object.entries(packages)) {
      assert.match(integrity ?? "", /^sha512-/, name);
      assert.equal(resolved, undefined, name);
    }
    for (const [name, version] of Object.entries(dependencies)) {
      assert.equal(packages[`node_modules/${name}`]?.version, version);
    }
  });
});
