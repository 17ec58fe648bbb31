import assert from "node:assert/strict";
import type { ResourceValidation, ResourceValidationArgs } from "@pulumi/policy";
import { policies } from "../../policy/policies.ts";
import { stackRun, stacks } from "../support/runs.ts";

/** What the policies say about one registered object, as `policy: violation`. */
function violations(type: string, props: Record<string, unknown>): string[] {
  return policies.flatMap((policy) => {
    const found: string[] = [];
    const validate = policy.validateResource as ResourceValidation;
    void validate({ type, props } as unknown as ResourceValidationArgs, (message: string) => {
      found.push(`${policy.name}: ${message}`);
    });
    return found;
  });
}

const goodContainer = {
  name: "api",
  image: "registry.example.org/api:1.0.0",
  env: [{ name: "UPSTREAM_URL", value: "https://example.org" }],
  resources: { requests: { cpu: "50m", memory: "64Mi" }, limits: { memory: "128Mi" } },
  readinessProbe: { httpGet: { path: "/healthz", port: 8000 } },
  livenessProbe: { httpGet: { path: "/healthz", port: 8000 } },
  securityContext: { allowPrivilegeEscalation: false },
};

function deployment(container: Record<string, unknown>, pod: Record<string, unknown> = {}): Record<string, unknown> {
  const spec = { securityContext: { runAsNonRoot: true }, containers: [{ ...goodContainer, ...container }], ...pod };
  return { kind: "Deployment", spec: { template: { spec } } };
}

const type = "kubernetes:apps/v1:Deployment";

describe("policies", () => {
  it("have nothing to say about a good Deployment", () => {
    assert.deepEqual(violations(type, deployment({})), []);
  });

  const planted: [string, Record<string, unknown>, string][] = [
    ["latest", deployment({ image: "api:latest" }), "images-are-pinned: image api:latest has no fixed tag or digest"],
    [
      "no tag",
      deployment({ image: "localhost:5005/api" }),
      "images-are-pinned: image localhost:5005/api has no fixed tag",
    ],
    [
      "no limit",
      deployment({ resources: goodContainer.resources.requests }),
      "containers-have-resources: container api",
    ],
    [
      "privileged",
      deployment({ securityContext: { privileged: true, allowPrivilegeEscalation: false } }),
      "is privileged",
    ],
    ["escalation", deployment({ securityContext: {} }), "pods-are-unprivileged: container api may escalate"],
    ["root", deployment({}, { securityContext: {} }), "pods-are-unprivileged: container api may run as root"],
    ["host network", deployment({}, { hostNetwork: true }), "pods-are-unprivileged: the pod sets hostNetwork"],
    ["no probe", deployment({ livenessProbe: undefined }), "workloads-have-probes: container api has no livenessProbe"],
    [
      "plain secret",
      deployment({ env: [{ name: "DB_PASSWORD", value: "x" }] }),
      "environment-holds-no-secret: container api holds DB_PASSWORD",
    ],
    [
      "wildcard",
      { kind: "ClusterRole", rules: [{ apiGroups: ["*"], resources: ["pods"], verbs: ["get"] }] },
      "roles-have-no-wildcard: a rule grants * in apiGroups",
    ],
    [
      "an operator's object",
      { kind: "OpenTelemetryCollector", spec: { image: "collector:latest" } },
      "images-are-pinned: image collector:latest",
    ],
  ];
  for (const [name, object, expected] of planted) {
    it(`catch: ${name}`, () => {
      const found = violations(type, object);
      assert.ok(
        found.some((line) => line.includes(expected)),
        `expected "${expected}" in ${JSON.stringify(found)}`,
      );
    });
  }

  it("accept a Secret reference, a digest, and a release's values", () => {
    const reference = { name: "DB_PASSWORD", valueFrom: { secretKeyRef: { name: "db", key: "password" } } };
    assert.deepEqual(violations(type, deployment({ env: [reference] })), []);
    assert.deepEqual(violations(type, deployment({ image: `api@sha256:${"0".repeat(64)}` })), []);
    assert.deepEqual(violations("kubernetes:helm.sh/v3:Release", { values: { image: "x:latest" } }), []);
  });

  for (const stack of stacks) {
    it(`have nothing to say about stack ${stack}`, async () => {
      const { registered } = await stackRun(stack);
      const found = registered.flatMap(({ type, label, inputs }) =>
        violations(type, inputs).map((line) => `${label}: ${line}`),
      );
      assert.deepEqual(found, []);
      assert.ok(
        registered.some((resource) => resource.type === type),
        "the run registered a Deployment",
      );
    });
  }
});
