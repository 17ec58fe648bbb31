import assert from "node:assert/strict";
import { join } from "node:path";
import { operatorProgram, operatorsFolder } from "../../../sandbox/operators/prometheusOperator.ts";
import { sandboxPaths } from "../../../sandbox/paths.ts";

describe("operatorProgram", () => {
  const paths = sandboxPaths({ state: "/state", port: 20000 });
  const args = [
    "--kubelet-service=kube-system/kubelet",
    "--kubelet-endpoints=true",
    "--prometheus-config-reloader=r:1",
  ];
  const deployment = {
    ...{ apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "prometheus-operator" } },
    spec: { template: { spec: { containers: [{ args }] } } },
  };
  const program = operatorProgram(deployment, "/bin/operator", "https://127.0.0.1:20000", paths);

  it("has the arguments of its Deployment, but none about kubelets", () => {
    assert.equal(program.command, "/bin/operator");
    assert.ok(program.args.includes("--prometheus-config-reloader=r:1"));
    assert.ok(program.args.every((arg) => !arg.startsWith("--kubelet")));
  });

  it("talks to the sandbox's API server with the cluster's own keys", () => {
    assert.ok(program.args.includes("--apiserver=https://127.0.0.1:20000"));
    const key = program.args.find((arg) => arg.startsWith("--key-file=")) ?? "";
    assert.match(key, /^--key-file=\/state\/cluster\/.*\/admin\.key$/);
  });

  it("listens on loopback, on the port that is its own", () => {
    assert.deepEqual(program.ports, [20007]);
    assert.ok(program.args.includes("--web.listen-address=127.0.0.1:20007"));
    assert.deepEqual(program.ready, ["http://127.0.0.1:20007/healthz"]);
  });
});

describe("operatorsFolder", () => {
  it("is below the state folder", () => {
    assert.equal(operatorsFolder("/state"), join("/state", "operators"));
  });
});
