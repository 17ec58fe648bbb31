import assert from "node:assert/strict";
import { portForward } from "../../../catalog/endpoints.ts";
import { portForwards } from "../../../scripts/forward/portForward.ts";
import { stackRun } from "../../../review/program/runs.ts";

describe("portForwards", () => {
  it("reads what the platform gives out", async () => {
    const { outputs } = await stackRun("dev");
    const forwards = portForwards(JSON.stringify(outputs));
    assert.deepEqual(forwards.map(({ name }) => name).sort(), [
      "alertmanager",
      "grafana",
      "jaeger",
      "logs",
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

  it("leads to what is over TLS by https", async () => {
    const { outputs } = await stackRun("prod");
    const links = portForwards(JSON.stringify(outputs)).map(({ name, link }) => `${name} ${link}`);
    assert.deepEqual(links.sort(), [
      "alertmanager https://localhost:9093",
      "grafana http://localhost:3000",
      "jaeger https://localhost:16686",
      "logs https://localhost:9429",
      "prometheus https://localhost:9090",
      "sampleApi http://localhost:8000",
    ]);
  });

  for (const context of ["kind-fluffy", "arn:aws:eks:eu-west-1:123:cluster/fluffy", "a b's; rm"]) {
    it(`names the context that the stack is installed into: ${context}`, () => {
      const text = portForward({ service: "c", namespace: "b", port: 8080 }, context);
      assert.deepEqual(portForwards(JSON.stringify({ portForwards: { a: text } })), [
        {
          name: "a",
          args: ["port-forward", "--context", context, "--namespace", "b", "service/c", "8080:8080"],
          link: "http://localhost:8080",
        },
      ]);
    });
  }

  it("runs nothing but port-forwards", () => {
    for (const text of [
      "kubectl delete namespace a",
      "rm -r a",
      "kubectl port-forward --namespace a service/b 1:2; rm -r a",
      "kubectl port-forward --context a;b --namespace a service/b 1:2",
    ]) {
      assert.throws(() => portForwards(JSON.stringify({ portForwards: { a: text } })), {
        message: `the output portForwards.a is no port-forward: ${text}`,
      });
    }
  });

  it("says what an older stack gave", () => {
    for (const [output, given] of [
      ["null\n", "null"],
      ["no JSON", "null"],
      ['{"jaegerUrl": ""}', "null"],
      ['{"portForwards": "text"}', '"text"'],
      ['{"portForwards": {"a": 1}}', '{"a":1}'],
    ] as const) {
      assert.throws(() => portForwards(output), {
        name: "UserError",
        message: `the output portForwards is ${given}, not commands by name`,
      });
    }
  });
});
