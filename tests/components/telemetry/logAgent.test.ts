import assert from "node:assert/strict";
import { parseSettings } from "../../../settings/read.ts";
import { logAgentSpec } from "../../../components/telemetry/logAgent.ts";
import { logsTarget } from "../../../components/telemetry/logsExporter.ts";

const specFor = (logs = "{}", more: Record<string, string> = {}) => {
  const settings = parseSettings({ logs, ...more });
  return logAgentSpec({ settings, target: logsTarget(settings) ?? assert.fail("no target") });
};

describe("logAgentSpec", () => {
  it("runs on every node, reads the pods' files and writes one folder of its own", () => {
    const { mode, volumes, volumeMounts, tolerations } = specFor();
    assert.deepEqual([mode, tolerations], ["daemonset", [{ operator: "Exists" }]]);
    assert.deepEqual(volumeMounts, [
      { name: "pod-logs", mountPath: "/var/log/pods", readOnly: true },
      { name: "state", mountPath: "/var/lib/otelcol" },
    ]);
    assert.deepEqual(
      volumes?.map(({ hostPath }) => hostPath?.path),
      ["/var/log/pods", "/var/lib/fluffy-observability/logs"],
    );
  });

  it("runs on every node whose files it can read, whatever its taints", () => {
    const { tolerations, affinity } = specFor();
    assert.deepEqual(tolerations, [{ operator: "Exists" }]);
    const [term, ...more] =
      affinity?.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms ?? [];
    assert.deepEqual(
      term?.matchExpressions.map(({ key, operator, values }) => [key, operator, ...values].join(" ")),
      ["kubernetes.io/os In linux", "eks.amazonaws.com/compute-type NotIn fargate"],
    );
    assert.deepEqual(more, []);
  });

  it("writes no folder of the node where none may be written", () => {
    assert.deepEqual(specFor('{"nodeFolder":""}').volumes?.[1], { name: "state", emptyDir: { sizeLimit: "512Mi" } });
  });

  it("is root without a capability: the files are root's", () => {
    const { podSecurityContext, securityContext } = specFor();
    assert.equal(podSecurityContext?.runAsUser, 0);
    assert.deepEqual(securityContext?.capabilities, { drop: ["ALL"] });
    assert.equal(securityContext.readOnlyRootFilesystem, true);
  });

  it("loses nothing between the files and its queue: nothing is held in memory in between", () => {
    const { args, config } = specFor();
    assert.deepEqual(args, { "feature-gates": "stanza.synchronousLogEmitter" });
    assert.ok(!config.service.pipelines["logs"]?.processors?.includes("batch"));
    const exporter = config.exporters["otlp_http/logs"] as {
      sending_queue: Record<string, unknown>;
      retry_on_failure: Record<string, unknown>;
    };
    assert.equal(exporter.sending_queue["storage"], "file_storage");
    assert.equal(exporter.sending_queue["block_on_overflow"], true);
    assert.equal(exporter.retry_on_failure["max_elapsed_time"], "0s");
  });

  it("leaves out what its annotation leaves out, after the cluster was asked for it", () => {
    const { processors = [] } = specFor().config.service.pipelines["logs"] ?? {};
    assert.ok(processors.indexOf("filter/left_out") > processors.indexOf("k8s_attributes"));
    assert.match(JSON.stringify(specFor().config.processors), /"key":"fluffy-observability\/logs","from":"namespace"/);
  });

  it("reads none of its own lines, nor what the kubelet has not compressed yet", () => {
    const { exclude } = specFor().config.receivers["file_log"] as { exclude: string[] };
    assert.match(exclude.join(), /\.tmp.*observability-node-agents_logs-collector/);
  });
});
