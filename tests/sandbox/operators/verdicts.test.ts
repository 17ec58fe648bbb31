import assert from "node:assert/strict";
import { rejection, unfinished, unseen } from "../../../sandbox/operators/verdicts.ts";
import type { KubeObject } from "../../../sandbox/cluster/api/client.ts";

const server = (conditions?: object[]): KubeObject => ({
  ...{ apiVersion: "monitoring.coreos.com/v1", kind: "Prometheus" },
  metadata: { name: "prometheus", namespace: "observability", generation: 3 },
  ...(conditions === undefined ? {} : { status: { conditions } }),
});

const rule = (...conditions: object[]): KubeObject => ({
  ...{ apiVersion: "monitoring.coreos.com/v1", kind: "PrometheusRule" },
  metadata: { name: "services", namespace: "shop", generation: 2 },
  ...(conditions.length === 0 ? {} : { status: { bindings: [{ name: "prometheus", conditions }] } }),
});

const reconciled = (status: string, observedGeneration: number, message = "") => ({
  ...{ type: "Reconciled", status, observedGeneration, reason: "", message },
});
const accepted = (status: string, observedGeneration: number, rest = {}) => ({
  ...{ type: "Accepted", status, observedGeneration, ...rest },
});

describe("unfinished", () => {
  it("waits for the operator's first word", () => {
    const line = "the Prometheus operator has not taken in Prometheus observability/prometheus yet";
    assert.equal(unfinished(server()), line);
    assert.equal(unfinished(server([{ type: "Available", status: "True", observedGeneration: 3 }])), line);
  });

  it("waits for its word about the newest generation", () => {
    assert.match(unfinished(server([reconciled("True", 2)])) ?? "", /has not taken in/);
    assert.equal(unfinished(server([reconciled("True", 3)])), undefined);
  });

  it("says in one line why it does not run", () => {
    assert.equal(
      unfinished(server([reconciled("False", 3, "no Secret\n  of that name")])),
      "the Prometheus operator does not run Prometheus observability/prometheus: no Secret; of that name",
    );
  });
});

describe("rejection", () => {
  it("is the operator's words about the present generation", () => {
    const refused = accepted("False", 2, { reason: "InvalidConfiguration", message: "invalid rule" });
    assert.equal(
      rejection(rule(refused)),
      "the Prometheus operator rejects PrometheusRule shop/services: InvalidConfiguration: invalid rule",
    );
  });

  it("is not of a former generation, nor of what was taken", () => {
    assert.equal(rejection(rule(accepted("False", 1))), undefined);
    assert.equal(rejection(rule(accepted("True", 2))), undefined);
    assert.equal(rejection(rule()), undefined);
  });

  it("is said even where the operator gives no reason", () => {
    assert.match(rejection(rule(accepted("False", 2))) ?? "", /: it does not say why$/);
  });
});

describe("unseen", () => {
  it("is what the operator has not looked at in its present generation", () => {
    assert.match(unseen(rule()) ?? "", /has not taken in PrometheusRule shop\/services yet/);
    assert.match(unseen(rule(accepted("True", 1))) ?? "", /has not taken in/);
    assert.equal(unseen(rule(accepted("True", 2))), undefined);
  });
});
