import assert from "node:assert/strict";
import { GrafanaOperator } from "../../../components/operators/grafanaOperator.ts";
import { find, registering } from "../../../review/program/runs.ts";
import { wrappedChart } from "../../support/wrappedChart.ts";

const crds = wrappedChart("grafana-operator-crds");

describe("GrafanaOperator", () => {
  it("takes its CRDs from a release of their own, and none from its chart", async () => {
    const chart = { chart: "oci://ghcr.io/grafana/helm-charts/grafana-operator", version: "5.24.0" };
    const images = { registry: "r.example.org/m", pullSecrets: ["login"] };
    const run = await registering(() => new GrafanaOperator("grafana-operator", { crds, chart, images }, {}));
    assert.equal(find(run, "Release", "grafana-operator-crds").inputs["chart"], crds.path);
    const { skipCrds, version, chart: address, values } = find(run, "Release", "grafana-operator").inputs;
    assert.deepEqual([skipCrds, version, address], [true, chart.version, chart.chart]);
    const { global, imagePullSecrets } = values as Record<string, unknown>;
    assert.deepEqual([global, imagePullSecrets], [{ imageRegistry: images.registry }, [{ name: "login" }]]);
    // Its chart has a folder without a limit, which dashboards of teams fill.
    const { resources, podSecurityContext } = values as Record<string, Record<string, Record<string, string>>>;
    assert.equal(resources?.["limits"]?.["ephemeral-storage"], "1Gi");
    assert.deepEqual(podSecurityContext, { seccompProfile: { type: "RuntimeDefault" } });
  });
});
