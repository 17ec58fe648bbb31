import assert from "node:assert/strict";
import type { ResourceValidation, ResourceValidationArgs } from "@pulumi/policy";
import { policies } from "../../policy/policies.ts";
import { programRun, stackRun, stacks } from "../support/runs.ts";
import { runTeamApi } from "../support/teamObjects.ts";
import { contentVariants, variants } from "../support/variants.ts";

interface Inputs extends Record<string, unknown> {
  apiVersion?: string;
  kind?: string;
  spec?: Record<string, unknown>;
}

/** What the policies say about one registered object, as `policy: violation`. */
function violations(type: string, props: Inputs): string[] {
  return policies.flatMap((policy) => {
    const found: string[] = [];
    const validate = policy.validateResource as ResourceValidation;
    void validate({ type, props } as unknown as ResourceValidationArgs, (message: string) => {
      found.push(`${policy.name}: ${message}`);
    });
    return found;
  });
}

const resources = { requests: { cpu: "50m", memory: "64Mi" }, limits: { memory: "128Mi" } };

const goodContainer = {
  name: "api",
  image: "registry.example.org/api:1.0.0",
  env: [{ name: "UPSTREAM_URL", value: "https://example.org" }],
  resources,
  readinessProbe: { httpGet: { path: "/healthz", port: 8000 } },
  livenessProbe: { httpGet: { path: "/healthz", port: 8000 } },
  securityContext: { allowPrivilegeEscalation: false },
};

function podOf(container: object, pod: object = {}): object {
  return { securityContext: { runAsNonRoot: true }, containers: [{ ...goodContainer, ...container }], ...pod };
}

function deployment(container: object, pod?: object): Inputs {
  return { kind: "Deployment", spec: { template: { spec: podOf(container, pod) } } };
}

function collector(spec: object): Inputs {
  return { kind: "OpenTelemetryCollector", spec: { image: "collector:1.0.0", resources, ...spec } };
}

const type = "kubernetes:apps/v1:Deployment";
const root = "pods-are-unprivileged: container api may run as root";
const password = { name: "DB_PASSWORD", value: "x" };

/** Bad objects, with everything that is to be said about each. */
const planted: Record<string, [Inputs, ...string[]]> = {
  "the tag latest": [
    deployment({ image: "api:latest" }),
    "images-are-pinned: image api:latest has no fixed tag or digest",
  ],
  "no tag, behind a port": [
    deployment({ image: "localhost:5005/api" }),
    "images-are-pinned: image localhost:5005/api has no fixed tag or digest",
  ],
  "an image of an operator's object": [
    collector({ image: "collector" }),
    "images-are-pinned: image collector has no fixed tag or digest",
  ],
  "no limit": [
    deployment({ resources: { requests: resources.requests } }),
    "containers-have-resources: container api has no memory limit",
  ],
  "no requests": [
    deployment({ resources: { limits: resources.limits } }),
    "containers-have-resources: container api requests no cpu",
    "containers-have-resources: container api requests no memory",
  ],
  "no requests of an operator's object": [
    collector({ resources: { limits: resources.limits } }),
    "containers-have-resources: container OpenTelemetryCollector requests no cpu",
    "containers-have-resources: container OpenTelemetryCollector requests no memory",
  ],
  "no limit of Jaeger v1": [
    { kind: "Jaeger", spec: { allInOne: { image: "jaeger:1.0.0", resources: { requests: resources.requests } } } },
    "containers-have-resources: container Jaeger has no memory limit",
  ],
  "an init container without limit": [
    deployment(
      {},
      { initContainers: [{ ...goodContainer, name: "init", resources: { requests: resources.requests } }] },
    ),
    "containers-have-resources: container init has no memory limit",
  ],
  "a privileged container": [
    deployment({ securityContext: { privileged: true, allowPrivilegeEscalation: false } }),
    "pods-are-unprivileged: container api is privileged",
  ],
  escalation: [deployment({ securityContext: {} }), "pods-are-unprivileged: container api may escalate its privileges"],
  root: [deployment({}, { securityContext: {} }), root],
  "root in one container": [
    deployment({ securityContext: { allowPrivilegeEscalation: false, runAsNonRoot: false } }),
    root,
  ],
  "root in a Pod": [{ kind: "Pod", spec: podOf({}, { securityContext: {} }) as Record<string, unknown> }, root],
  "root in a CronJob": [
    { kind: "CronJob", spec: { jobTemplate: { spec: { template: { spec: podOf({}, { securityContext: {} }) } } } } },
    root,
  ],
  "the host's network": [deployment({}, { hostNetwork: true }), "pods-are-unprivileged: the pod sets hostNetwork"],
  "the host's processes": [deployment({}, { hostPID: true }), "pods-are-unprivileged: the pod sets hostPID"],
  "no liveness probe": [
    deployment({ livenessProbe: undefined }),
    "workloads-have-probes: container api has no livenessProbe",
  ],
  "no readiness probe": [
    { ...deployment({ readinessProbe: undefined }), kind: "StatefulSet" },
    "workloads-have-probes: container api has no readinessProbe",
  ],
  "a plain secret": [
    deployment({ env: [password] }),
    "environment-holds-no-secret: container api holds DB_PASSWORD as plain text: refer to a Secret",
  ],
  "a plain secret of an operator's object": [
    collector({ env: [password] }),
    "environment-holds-no-secret: container OpenTelemetryCollector holds DB_PASSWORD as plain text: refer to a Secret",
  ],
  "a plain secret of Grafana": [
    {
      kind: "Grafana",
      spec: { deployment: { spec: { template: { spec: { containers: [{ name: "grafana", env: [password] }] } } } } },
    },
    "environment-holds-no-secret: container grafana holds DB_PASSWORD as plain text: refer to a Secret",
  ],
  "a wildcard in a ClusterRole": [
    { kind: "ClusterRole", rules: [{ apiGroups: ["*"], resources: ["pods"], verbs: ["get"] }] },
    "roles-have-no-wildcard: a rule grants * in apiGroups",
  ],
  "a wildcard in a Role": [
    { kind: "Role", rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get", "*"] }] },
    "roles-have-no-wildcard: a rule grants * in verbs",
  ],
};

/** Registered objects, by what registers them. The type tells a release from an object. */
type Run = () => Promise<readonly { type: string; label: string; inputs: Inputs }[]>;

const teamRun = (config: Record<string, string>) => async () => {
  const { registered, error } = await runTeamApi(config);
  assert.equal(error, undefined);
  return registered.flatMap(({ label, inputs }: { label: string; inputs: Inputs }) => {
    const { apiVersion = "", kind } = inputs;
    return kind === undefined ? [] : [{ type: `kubernetes:${apiVersion}:${kind}`, label, inputs }];
  });
};

const runs: Record<string, Run> = {
  ...Object.fromEntries(stacks.map((stack) => [`stack ${stack}`, async () => (await stackRun(stack)).registered])),
  ...Object.fromEntries(
    Object.entries({ ...variants, ...contentVariants }).map(([variant, config]) => [
      variant,
      async () => (await programRun(config)).registered,
    ]),
  ),
  "team-api": teamRun({}),
  "team-api with an autoscaler": teamRun({ replicas: "2", maxReplicas: "5" }),
};

describe("policies", () => {
  it("have nothing to say about good objects", () => {
    assert.deepEqual(violations(type, deployment({})), []);
    assert.deepEqual(violations(type, collector({})), []);
  });

  for (const [name, [object, ...expected]] of Object.entries(planted)) {
    it(`catch: ${name}`, () => {
      assert.deepEqual(violations(type, object), expected);
    });
  }

  it("have something planted each", () => {
    const caught = Object.values(planted).flatMap(([, ...expected]) => expected.map((line) => line.split(":")[0]));
    assert.deepEqual([...new Set(caught)].sort(), policies.map(({ name }) => name).sort());
  });

  it("accept a Secret reference, a digest, and a release's values", () => {
    const reference = { name: "DB_PASSWORD", valueFrom: { secretKeyRef: { name: "db", key: "password" } } };
    assert.deepEqual(violations(type, deployment({ env: [reference] })), []);
    assert.deepEqual(violations(type, deployment({ image: `api@sha256:${"0".repeat(64)}` })), []);
    assert.deepEqual(violations("kubernetes:helm.sh/v3:Release", { values: { image: "x:latest" } }), []);
  });

  for (const [name, run] of Object.entries(runs)) {
    it(`have nothing to say about what is registered: ${name}`, async () => {
      const registered = await run();
      const found = registered.flatMap(({ type, label, inputs }) =>
        violations(type, inputs).map((line) => `${label}: ${line}`),
      );
      assert.deepEqual(found, []);
      assert.ok(registered.length > 5);
    });
  }

  it("miss the resources of every kind that has a field for them", async function () {
    // Alone it makes every run.
    this.timeout(60_000);
    const kinds = new Set<unknown>();
    for (const run of Object.values(runs)) {
      for (const { type, label, inputs } of await run()) {
        if (inputs.spec?.["resources"] === undefined) continue;
        kinds.add(inputs.kind);
        const found = violations(type, { ...inputs, spec: { ...inputs.spec, resources: undefined } });
        assert.equal(found.length, 3, `${label}: ${found.join(", ")}`);
      }
    }
    assert.deepEqual([...kinds].sort(), ["Alertmanager", "OpenTelemetryCollector", "Prometheus"]);
  });
});
