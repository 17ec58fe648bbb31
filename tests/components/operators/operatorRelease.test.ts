import assert from "node:assert/strict";
import { type OperatorReleaseArgs, operatorRelease } from "../../../components/operators/operatorRelease.ts";
import { find, registering } from "../../../review/program/runs.ts";
import { wrappedChart } from "../../support/wrappedChart.ts";

const bundle = wrappedChart("operator");

async function inputs(args: Partial<OperatorReleaseArgs>): Promise<Record<string, unknown>> {
  const release = { name: "operator", namespace: "operators", chart: bundle, ...args };
  const run = await registering(() => operatorRelease(release, {}));
  return find(run, "Release", "operator").inputs;
}

describe("operatorRelease", () => {
  it("has a fixed name and namespace: a kept CRD is taken over only under the same", async () => {
    const { name, namespace } = await inputs({});
    assert.deepEqual([name, namespace], ["operator", "operators"]);
  });

  it("shows the patches of a wrapped manifest as values", async () => {
    const { chart, values, version, repositoryOpts } = await inputs({});
    assert.deepEqual([chart, values], [bundle.path, bundle.values]);
    assert.deepEqual([version, repositoryOpts], [undefined, undefined]);
  });

  it("takes a chart from its repository by version", async () => {
    const upstream = { chart: "cert-manager", version: "v1.21.1", repositoryOpts: { repo: "https://charts.example" } };
    const { chart, version, repositoryOpts, values, skipCrds } = await inputs({
      chart: upstream,
      values: { crds: { enabled: true } },
      skipCrds: true,
    });
    assert.deepEqual({ chart, version, repositoryOpts }, upstream);
    assert.deepEqual([values, skipCrds], [{ crds: { enabled: true } }, true]);
  });

  it("says which stack it is of", async () => {
    assert.equal((await inputs({})).description, "Pulumi stack fluffy-observability/test");
  });

  it("leaves nothing half done, and waits for pods as long as images take", async () => {
    const { atomic, timeout, skipAwait, waitForJobs } = await inputs({});
    assert.deepEqual([atomic, timeout, skipAwait], [true, 600, undefined]);
    assert.equal(waitForJobs, undefined);
  });
});
