import assert from "node:assert/strict";
import { kubeContext, portForwards } from "../../../scripts/forward/portForward.ts";
import { stackRun } from "../../support/runs.ts";

describe("portForwards", () => {
  it("reads what the platform gives out", async () => {
    const { outputs } = await stackRun("dev");
    const forwards = portForwards(JSON.stringify(outputs["portForwards"]), "");
    assert.deepEqual(forwards.map(({ name }) => name).sort(), [
      "alertmanager",
      "grafana",
      "jaeger",
      "prometheus",
      "sampleApi",
    ]);
    assert.deepEqual(
      forwards.find(({ name }) => name === "grafana"),
      {
        name: "grafana",
        args: ["port-forward", "--namespace", "observability", "service/grafana-service", "3000:3000"],
        link: "http://localhost:3000",
      },
    );
  });

  it("names the context that the stack is installed into", () => {
    const [forward] = portForwards('{"a": "kubectl port-forward --namespace b service/c 8080:80"}', "kind-fluffy");
    assert.deepEqual(forward?.args.slice(0, 3), ["--context", "kind-fluffy", "port-forward"]);
    assert.equal(forward.link, "http://localhost:8080");
  });

  it("runs nothing but port-forwards", () => {
    for (const text of ["kubectl delete namespace a", "rm -r a", "kubectl port-forward --namespace a b 1:2; rm -r a"]) {
      assert.throws(() => portForwards(JSON.stringify({ a: text }), ""), {
        message: `the output portForwards.a is no port-forward: ${text}`,
      });
    }
  });

  it("says what an older stack gave", () => {
    for (const output of ["null\n", '"text"', "no JSON", '{"a": 1}']) {
      assert.throws(() => portForwards(output, ""), {
        name: "UserError",
        message: `the output portForwards is ${output.trim()}, not commands by name`,
      });
    }
  });
});

describe("kubeContext", () => {
  it("is the stack's setting, or empty for the current context", () => {
    const config = (value: object) => JSON.stringify({ "fluffy-observability:kubeContext": value, "other:x": {} });
    assert.equal(kubeContext(config({ value: "kind-fluffy", secret: false })), "kind-fluffy");
    assert.equal(kubeContext(config({ value: "" })), "");
    assert.equal(kubeContext("{}"), "");
  });
});
