import assert from "node:assert/strict";
import { collectorSpec } from "../../../components/telemetry/collector.ts";
import { logsTarget } from "../../../components/telemetry/logsExporter.ts";
import { find, programRun } from "../../../review/program/runs.ts";
import { parseSettings } from "../../../settings/read.ts";

const on = { logs: '{"kubernetesEvents":true}' };

function configFor(values: Readonly<Record<string, string>>) {
  const settings = parseSettings(values);
  return collectorSpec({ settings, jaegerEndpoint: "jaeger:4317", logs: logsTarget(settings) }).config;
}

describe("Kubernetes' events", () => {
  it("are watched by the pod that has the lease, masked and made fit like every record, and kept", () => {
    const { extensions = {}, receivers, service } = configFor(on);
    assert.deepEqual(receivers["k8s_events"], {
      ...{ auth_type: "serviceAccount", k8s_leader_elector: "k8s_leader_elector" },
    });
    assert.deepEqual(extensions["k8s_leader_elector"], {
      ...{ auth_type: "serviceAccount", lease_name: "kubernetes-events", lease_namespace: "observability" },
    });
    assert.ok(service.extensions?.includes("k8s_leader_elector"));
    const { processors: ofRecords = [], exporters } = service.pipelines["logs"] ?? assert.fail("no logs");
    assert.deepEqual(service.pipelines["logs/events"], {
      receivers: ["k8s_events"],
      processors: ["memory_limiter", "transform/events", ...ofRecords.slice(1)],
      exporters: exporters.slice(0, 1),
    });
  });

  it("are nowhere by default, and not where there are no logs", () => {
    assert.doesNotMatch(JSON.stringify(configFor({})), /k8s_events|leader|transform\/events/);
    const settings = parseSettings(on);
    const { config } = collectorSpec({ settings, jaegerEndpoint: "jaeger:4317", logs: undefined });
    assert.doesNotMatch(JSON.stringify(config), /k8s_events|leader|transform\/events/);
  });

  it("need the right to watch events, and to one lease in the stack's own namespace", async () => {
    const run = await programRun(on);
    const rules = (kind: string, name: string) =>
      (find(run, kind, name).inputs as unknown as { rules: object[] }).rules;
    assert.deepEqual(rules("ClusterRole", "observability-otel"), [
      { apiGroups: [""], resources: ["pods"], verbs: ["get", "list", "watch"] },
      { apiGroups: [""], resources: ["events"], verbs: ["list", "watch"] },
    ]);
    const lease = { apiGroups: ["coordination.k8s.io"], resources: ["leases"] };
    assert.deepEqual(rules("Role", "kubernetes-events"), [
      { ...lease, verbs: ["create"] },
      { ...lease, resourceNames: ["kubernetes-events"], verbs: ["get", "update"] },
    ]);
    const binding = find(run, "RoleBinding", "kubernetes-events").inputs as unknown as { subjects: object[] };
    assert.deepEqual(binding.subjects, [{ kind: "ServiceAccount", name: "otel", namespace: "observability" }]);
  });
});
