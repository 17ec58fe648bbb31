import assert from "node:assert/strict";
import { crdLosses } from "../../../components/operators/crdGuard.ts";
import { artifactsRequest } from "../../../artifacts/request.ts";
import { parseSettings } from "../../../settings/read.ts";
import type { StackState } from "../../../components/kubernetes/stackState.ts";
import { runFailingProgram } from "../../../review/program/program.ts";
import { standInMirror } from "../../../review/program/standInMirror.ts";
import { programRun } from "../../../review/program/runs.ts";
import { off } from "../../../review/program/variants.ts";

/** What the engine keeps of a run: types and outputs by URN. */
async function stateOf(config: Record<string, string>): Promise<StackState> {
  const { registered } = await programRun(config);
  return Object.fromEntries(
    registered.map(({ type, name, inputs }) => [`urn:${type}::${name}`, { type, outputs: inputs }]),
  );
}

const losses = (config: Record<string, string>, state: StackState) =>
  crdLosses(artifactsRequest(parseSettings(config)), state);

/** Settings before and after, by the part whose CRDs would go. */
const changes: Readonly<Record<string, readonly [Record<string, string>, Record<string, string>]>> = {
  "parts.certManager": [{}, { parts: off("certManager") }],
  "parts.prometheusOperator": [{}, { parts: off("prometheusOperator") }],
  "parts.grafana": [{}, { parts: off("grafana") }],
  "parts.jaeger or jaegerEngine": [{ jaegerEngine: "operator" }, { jaegerEngine: "v2" }],
};

describe("crdLosses", () => {
  for (const [part, [before, after]] of Object.entries(changes)) {
    it(`refuses to delete the CRDs of ${part} while the stack stays, whatever crdPolicy says now`, async () => {
      const state = await stateOf({ ...before, crdPolicy: "delete" });
      for (const crdPolicy of ["delete", "keep"]) {
        const [line = "", ...others] = losses({ ...after, crdPolicy }, state);
        assert.ok(line.startsWith(`fluffy-observability:${part} takes release `), line);
        assert.deepEqual(others, []);
      }
    });

    it(`lets ${part} go whose CRDs are kept, and one that was never there`, async () => {
      assert.deepEqual(losses(after, await stateOf({ ...before, crdPolicy: "keep" })), []);
      assert.deepEqual(losses({ ...after, crdPolicy: "delete" }, await stateOf({ ...after, crdPolicy: "delete" })), []);
      assert.deepEqual(losses({ ...after, crdPolicy: "delete" }, {}), []);
    });

    it(`lets ${part} come again`, async () => {
      assert.deepEqual(
        losses({ ...before, crdPolicy: "delete" }, await stateOf({ ...after, crdPolicy: "delete" })),
        [],
      );
    });
  }

  it("changes nothing where nothing is switched off", async () => {
    for (const crdPolicy of ["delete", "keep"]) {
      assert.deepEqual(losses({ crdPolicy }, await stateOf({ crdPolicy: "delete" })), []);
    }
  });
});

describe("the program", () => {
  it("refuses it in a preview too, at the latest when all is registered", async () => {
    const state = await stateOf({ crdPolicy: "delete", jaegerEngine: "operator" });
    const config = { crdPolicy: "keep", artifactsMirror: await standInMirror() };
    const { error } = await runFailingProgram({ config, state, preview: true });
    assert.match(
      (error as Error).message,
      /^fluffy-observability:parts.jaeger or jaegerEngine takes release jaeger-operator away/,
    );
  });

  it("refuses it before anything is registered", async () => {
    const state = await stateOf({ crdPolicy: "delete" });
    const artifactsMirror = await standInMirror();
    const config = { crdPolicy: "keep", parts: off("prometheusOperator"), artifactsMirror };
    const { error, registered } = await runFailingProgram({ config, state });
    assert.equal(
      (error as Error).message,
      "fluffy-observability:parts.prometheusOperator takes release prometheus-operator away, whose CRDs would go with every object of their " +
        "kinds in the whole cluster: switch it on again, set crdPolicy to keep, run pulumi up, and switch it off then",
    );
    assert.deepEqual(
      registered.map(({ label }) => label),
      ["Stack fluffy-observability-test"],
    );
  });
});
