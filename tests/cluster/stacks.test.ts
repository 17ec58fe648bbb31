import assert from "node:assert/strict";
import { artifactsAre, platformSettings } from "../support/platformSandbox.ts";
import { countStandIns } from "../support/standInCount.ts";
import { variantRuns } from "../support/variantRuns.ts";

/** The API groups of the operators that every stack has. */
const groups = ["cert-manager.io", "monitoring.coreos.com", "opentelemetry.io", "grafana.integreatly.org"];

describe(`the stacks prod and staging, with ${artifactsAre}`, function () {
  this.timeout(300_000);
  countStandIns();
  const { run, holds, destroyed, crds } = variantRuns(17520);

  it("prod: up, preview, refresh, preview, up, destroy, which leaves the CRDs of all operators and nothing else", async () => {
    const settings = await platformSettings("prod");
    const { created } = await holds(settings, "--stack", "prod");
    const { counts } = await run("up", settings, "--stack", "prod");
    assert.deepEqual(counts, { created: 0, updated: 0, deleted: 0, unchanged: created, failed: 0 });
    const installed = await crds();
    for (const group of groups) assert.ok(installed.join("\n").includes(`.${group}`), group);
    const { stdout } = await destroyed(installed, settings, "--stack", "prod");
    // Each of them is named, with the command that removes it.
    const listed = stdout.split("\n").filter((line) => line.startsWith("left: "));
    const names = listed.flatMap((line) => line.split("customresourcedefinitions ")[1]?.split(" ") ?? []);
    assert.deepEqual(names.length, installed.length, stdout);
  });

  it("staging: up takes the CRDs over that prod has left, then preview, refresh, preview, destroy", async () => {
    const before = await crds();
    const settings = await platformSettings("staging");
    await holds(settings, "--stack", "staging");
    assert.deepEqual(await crds(), before);
    await destroyed(before, settings, "--stack", "staging");
  });

  it("dev without prometheusOperator, in a cluster that has nothing but its kinds: the same", async () => {
    const before = await crds();
    const settings = await platformSettings("dev", { crdPolicy: "keep", parts: { prometheusOperator: false } });
    await holds(settings);
    await destroyed(before, settings);
  });
});
