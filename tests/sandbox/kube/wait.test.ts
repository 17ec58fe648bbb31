import assert from "node:assert/strict";
import type { KubeObject } from "../../../sandbox/kube/client.ts";
import { conditionsOf, hintOf, parseDuration, parseWaitFor, timeoutOf } from "../../../sandbox/kube/wait.ts";

function object(parts: Record<string, unknown> = {}, annotations: Record<string, string> = {}): KubeObject {
  return { apiVersion: "v1", kind: "Thing", metadata: { name: "x", annotations }, ...parts };
}

const missing = (wanted: string, parts: Record<string, unknown>) =>
  parseWaitFor(wanted).map((condition) => condition.missing(object(parts)));

describe("parseWaitFor", () => {
  const caBundle = "jsonpath={.webhooks[*].clientConfig.caBundle}";

  it("waits for a value that a path selects", () => {
    assert.deepEqual(missing(caBundle, { webhooks: [{ clientConfig: {} }] }), [
      ".webhooks[*].clientConfig.caBundle is not there yet",
    ]);
    assert.deepEqual(missing(caBundle, {}), [".webhooks[*].clientConfig.caBundle is not there yet"]);
    assert.deepEqual(missing(caBundle, { webhooks: [{ clientConfig: { caBundle: "Q0E=" } }] }), [undefined]);
  });

  it("waits for a certain value", () => {
    const wanted = "jsonpath={.status.phase}=Running";
    assert.deepEqual(missing(wanted, { status: { phase: "Pending" } }), [".status.phase is Pending, not Running"]);
    assert.deepEqual(missing(wanted, { status: { phase: "Running" } }), [undefined]);
    assert.deepEqual(missing("jsonpath={.status.count}=2", { status: { count: 2 } }), [undefined]);
  });

  it("selects by a filter", () => {
    const wanted = 'jsonpath={.status.conditions[?(@.type=="Ready")].status}=True';
    const status = {
      conditions: [
        { type: "Other", status: "False" },
        { type: "Ready", status: "True" },
      ],
    };
    assert.deepEqual(missing(wanted, { status }), [undefined]);
  });

  it("waits for a condition, True unless said otherwise, and says why it is not met", () => {
    const status = { conditions: [{ type: "Ready", status: "False", reason: "Starting", message: "one moment" }] };
    assert.deepEqual(missing("condition=ready", { status }), ["condition ready is False (Starting: one moment)"]);
    assert.deepEqual(missing("condition=Ready=False", { status }), [undefined]);
    assert.deepEqual(missing("condition=Ready", {}), ["condition Ready is not there yet"]);
  });

  it("waits for all of a list", () => {
    const found = missing('["condition=A", "jsonpath={.b}"]', { b: 1 });
    assert.deepEqual(found, ["condition A is not there yet", undefined]);
  });

  for (const wrong of ["jsonpath=.a", "ready", "[oops", "{}"]) {
    it(`refuses ${wrong}`, () => {
      assert.throws(() => parseWaitFor(wrong), { name: "UserError", message: /^pulumi\.com\/waitFor: ".*" must be/ });
    });
  }
});

describe("conditionsOf", () => {
  const why = (subject: KubeObject) => conditionsOf(subject).map((condition) => condition.missing(subject));

  it("waits for nothing where the annotations say so, whatever else they say", () => {
    const annotations = { "pulumi.com/skipAwait": "true", "pulumi.com/waitFor": "condition=Ready" };
    assert.deepEqual(conditionsOf(object({ apiVersion: "apps/v1", kind: "Deployment" }, annotations)), []);
  });

  it("waits for nothing where the kind calls for nothing", () => {
    assert.deepEqual(conditionsOf(object()), []);
  });

  const workload = (kind: string, status: Record<string, unknown>): KubeObject => ({
    ...{ apiVersion: "apps/v1", kind, metadata: { name: "x", generation: 2 }, spec: { replicas: 3 }, status },
  });

  it("waits for a Deployment's pods, the new ones", () => {
    const ready = { observedGeneration: 2, updatedReplicas: 3, availableReplicas: 3 };
    assert.deepEqual(why(workload("Deployment", ready)), [undefined]);
    assert.deepEqual(why(workload("Deployment", { ...ready, updatedReplicas: 1 })), ["1 of 3 pods are ready"]);
    assert.deepEqual(why(workload("Deployment", { ...ready, availableReplicas: 2 })), ["2 of 3 pods are ready"]);
  });

  it("waits for a StatefulSet's pods, also those of a new revision that none has yet", () => {
    const settled = { observedGeneration: 2, currentRevision: "a", updateRevision: "a", availableReplicas: 3 };
    assert.deepEqual(why(workload("StatefulSet", { ...settled, currentReplicas: 3 })), [undefined]);
    const updating = { ...settled, updateRevision: "b", currentReplicas: 3 };
    assert.deepEqual(why(workload("StatefulSet", updating)), ["0 of 3 pods are ready"]);
    assert.deepEqual(why(workload("StatefulSet", { ...updating, updatedReplicas: 2 })), ["2 of 3 pods are ready"]);
  });

  it("does not take the former version's status for the new one's", () => {
    const former = { observedGeneration: 1, updatedReplicas: 3, availableReplicas: 3 };
    assert.deepEqual(why(workload("StatefulSet", former)), ["its controller has not seen the change yet"]);
  });

  it("waits for as many pods of a DaemonSet as there are nodes for it", () => {
    const status = { observedGeneration: 2, desiredNumberScheduled: 2, numberAvailable: 1 };
    assert.deepEqual(why(workload("DaemonSet", status)), ["1 of 2 pods are ready"]);
  });

  it("waits for a namespace to be active and a CRD to be established", () => {
    assert.deepEqual(why(object({ kind: "Namespace", status: { phase: "Active" } })), [undefined]);
    assert.deepEqual(why(object({ kind: "Namespace" })), ["phase is not set yet"]);
    const crd = { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" };
    assert.deepEqual(why(object(crd)), ["condition Established is not there yet"]);
  });
});

describe("timeoutOf", () => {
  it("is the annotation's, else the resource's, else ten minutes", () => {
    const annotated = object({}, { "pulumi.com/timeoutSeconds": "7" });
    assert.deepEqual(
      [timeoutOf(annotated, "5m"), timeoutOf(object(), "5m"), timeoutOf(object(), undefined)],
      [7, 300, 600],
    );
  });

  it("reads durations as Pulumi writes them", () => {
    assert.deepEqual(["90s", "1h30m", "1.5m", "500ms"].map(parseDuration), [90, 5400, 90, 0.5]);
    for (const wrong of ["", "5", "5 minutes", "m"]) assert.throws(() => parseDuration(wrong), { name: "UserError" });
  });
});

describe("hintOf", () => {
  it("is what the program says to look at", () => {
    const hint = { "fluffy-observability/wait-hint": "waits for a CA" };
    assert.deepEqual([hintOf(object({}, hint)), hintOf(object())], ["; it waits for a CA", ""]);
  });
});
