import assert from "node:assert/strict";
import { join } from "node:path";
import { versions } from "../../../catalog/versions.ts";
import { toolVersion } from "../../../sandbox/programs/build.ts";

describe("a program that stands for an image", () => {
  const project = join(import.meta.dirname, "../../..");

  it("is of the version that the stack installs: the Grafana operator", () => {
    assert.equal(toolVersion("grafana-operator", project), `v${versions.grafanaOperator}`);
  });

  it("is of the version that the stack installs: cert-manager", () => {
    assert.equal(toolVersion("cert-manager", project), versions.certManager);
  });
});
