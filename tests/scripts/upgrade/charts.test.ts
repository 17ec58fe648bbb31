import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ChartSpec } from "../../../components/artifacts/artifacts.ts";
import { pullCharts } from "../../../scripts/upgrade/charts.ts";
import { type FakeAnswer, FakePrograms } from "../../support/fakePrograms.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const ofRepository: ChartSpec = { name: "one", version: "v1.1.0", chart: "one", repo: "https://charts.example.org" };
const ofRegistry: ChartSpec = { name: "two", version: "2.0.0", chart: "oci://registry.example.org/two" };

describe("pullCharts", () => {
  const folder = temporaryFolder();
  const fakeHelm = (...answers: FakeAnswer[]) => new FakePrograms(folder(), { helm: answers });
  const pull = (...charts: ChartSpec[]) => pullCharts(charts, join(folder(), "helm"));

  it("pulls each by its version, into a folder that is gone afterwards", async () => {
    const helm = fakeHelm({ when: "pull" });
    await pull(ofRepository, ofRegistry);
    const calls = helm.calls().map(({ args }) => args);
    const state = calls[0]?.at(calls[0].indexOf("--destination") + 1) ?? assert.fail();
    const rest = ["--destination", state, "--kubeconfig", join(state, "none")];
    assert.deepEqual(calls, [
      ["pull", "one", "--repo", "https://charts.example.org", "--version", "v1.1.0", ...rest],
      ["pull", "oci://registry.example.org/two", "--version", "2.0.0", ...rest],
    ]);
    assert.ok(existsSync(dirname(state)) && !existsSync(state));
  });

  it("says in one line which chart cannot be had, with Helm's words", async () => {
    const error = `WARNING: old\nError: looks like this cannot be reached:\n  no such host\n`;
    fakeHelm({ when: "pull", error, code: 1 });
    await assert.rejects(pull(ofRegistry), {
      name: "ArtifactError",
      message:
        "two 2.0.0 cannot be pulled; nothing was changed: looks like this cannot be reached:; no such host; " +
        "where upstream cannot be reached, --mirror names a folder or URL that holds the chart",
    });
  });

  it("needs no Helm without charts", async () => {
    await pull();
  });
});
