import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { parseSettings } from "../../../settings/read.ts";
import { canLookMeanwhile, readStackState } from "../../../components/kubernetes/stackState.ts";
import { off } from "../../../review/program/variants.ts";

/** What is asked of the engine, as the last part of its tokens. */
async function asked(config: Record<string, string>, preview: boolean, outputs: object = {}): Promise<string[]> {
  const tokens: string[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: ({ inputs }) => ({ id: "id", state: inputs as object }),
      call: ({ token }) => {
        tokens.push(token.split(":").at(-1) ?? token);
        return { outputs: token.endsWith("readStackOutputs") ? outputs : {} };
      },
    },
    "fluffy-observability",
    "test",
    preview,
    "organization",
  );
  await readStackState(parseSettings(config));
  return tokens;
}

describe("readStackState", () => {
  it("asks nothing where everything is on", async () => {
    for (const preview of [true, false]) assert.deepEqual(await asked({ jaegerEngine: "operator" }, preview), []);
    const without = { jaegerEngine: "operator", parts: off("sampleApi") };
    assert.deepEqual(await asked(without, false), ["readStackResourceOutputs"]);
  });

  it("asks for the state in an up, and after an up that succeeded in a preview: the engine cannot answer for a new stack", async () => {
    assert.deepEqual(await asked({}, false), ["readStackResourceOutputs"]);
    assert.deepEqual(await asked({}, true), ["readStackOutputs"]);
    const former = { jaegerUrl: "http://jaeger-query" };
    assert.deepEqual(await asked({}, true, former), ["readStackOutputs", "readStackResourceOutputs"]);
  });

  it("asks for the outputs only where they say that nothing can have gone: the state is a megabyte", async () => {
    const both = ["readStackOutputs", "readStackResourceOutputs"];
    assert.deepEqual(await asked({}, true, { versions: {} }), ["readStackOutputs"]);
    assert.deepEqual(await asked({}, true, { versions: { jaegerOperator: "1" } }), both);
    assert.deepEqual(await asked({ parts: off("grafana") }, true, { versions: {} }), both);
  });
});

describe("canLookMeanwhile", () => {
  it("is so in a preview of a stack with every part: its namespaces do not depend on the state", async () => {
    for (const preview of [true, false]) {
      await asked({}, preview);
      assert.equal(canLookMeanwhile(parseSettings({})), preview);
      assert.equal(canLookMeanwhile(parseSettings({ parts: off("grafana") })), false);
    }
  });
});
