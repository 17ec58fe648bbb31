import assert from "node:assert/strict";
import { stepsByHand } from "../../../scripts/bench/byHand.ts";
import { programRun } from "../../../review/program/runs.ts";

describe("stepsByHand", () => {
  it("makes every object of the program, batches neighbours, and waits for the webhooks", async () => {
    const { registered } = await programRun();
    const steps = stepsByHand(registered);
    const ofKubernetes = registered.filter(({ type }) => type.startsWith("kubernetes:"));
    const made = steps.flatMap((step) => (step.do === "apply" ? step.objects.map(() => 1) : [1]));
    assert.equal(made.length, ofKubernetes.length);
    assert.equal(steps.filter((step) => step.do === "wait").length, 2);
    const batched = steps.every((step, index) => step.do !== "apply" || steps[index - 1]?.do !== "apply");
    assert.ok(batched, "two batches stand side by side");
    // The generated password is what kubectl takes: text, without the SDK's mark of a secret.
    const secret = steps
      .flatMap((step) => (step.do === "apply" ? step.objects : []))
      .find(({ kind, stringData }) => kind === "Secret" && stringData !== undefined);
    const { stringData = {} } = secret as { stringData?: Record<string, unknown> };
    assert.deepEqual([...new Set(Object.values(stringData).map((value) => typeof value))], ["string"]);
  });

  it("leaves out what is not Kubernetes'", () => {
    assert.deepEqual(stepsByHand([{ type: "random:index/randomPassword:RandomPassword", name: "x", inputs: {} }]), []);
  });
});
