import assert from "node:assert/strict";
import { resources } from "../../catalog/names.ts";
import { usualMonitorLimits } from "../../components/tenancy/monitorLimits.ts";
import { artifactsAre, platformSandbox, platformSettings } from "../support/platformSandbox.ts";
import { countStandIns } from "../support/standInCount.ts";
import { testCluster, type TestObject } from "../support/testCluster.ts";

/** Another team's objects of the kinds that the operators bring, and in a namespace of the stack. */
const foreign: readonly TestObject[] = [
  { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "theirs", namespace: "cert-manager" }, data: {} },
  {
    ...{ apiVersion: "cert-manager.io/v1", kind: "Issuer", metadata: { name: "theirs", namespace: "foreign" } },
    spec: { selfSigned: {} },
  },
  {
    ...{ apiVersion: "monitoring.coreos.com/v1", kind: "ServiceMonitor" },
    metadata: { name: "theirs", namespace: "foreign" },
    spec: { selector: { matchLabels: { app: "theirs" } }, endpoints: [{ port: "http" }], ...usualMonitorLimits },
  },
  {
    ...{ apiVersion: "grafana.integreatly.org/v1beta1", kind: "GrafanaDashboard" },
    metadata: { name: "theirs", namespace: "foreign" },
    spec: { uid: "foreign_theirs", instanceSelector: { matchLabels: { dashboards: "theirs" } }, json: "{}" },
  },
];
/** The parts that bring those kinds, as the settings switch them off. */
const without = { certManager: false, prometheusOperator: false, grafana: false };
/** What makes the stack's first `up` fail when all operators are there. */
const refusal: readonly TestObject[] = [
  {
    ...{
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: "ValidatingAdmissionPolicy",
      metadata: { name: "no-alertmanager" },
    },
    spec: {
      matchConstraints: {
        resourceRules: [
          {
            ...{ apiGroups: ["monitoring.coreos.com"], apiVersions: ["*"] },
            ...{ operations: ["CREATE"], resources: ["alertmanagers"] },
          },
        ],
      },
      validations: [{ expression: "false", message: "no alertmanager today" }],
    },
  },
  {
    ...{ apiVersion: "admissionregistration.k8s.io/v1", kind: "ValidatingAdmissionPolicyBinding" },
    metadata: { name: "no-alertmanager" },
    spec: { policyName: "no-alertmanager", validationActions: ["Deny"] },
  },
];
const alertmanager = {
  receivers: { chat: { type: "slack", channel: "#alerts" } },
  routes: [{ receiver: "chat" }],
};

describe(`parts that are switched off, with ${artifactsAre}`, function () {
  this.timeout(300_000);
  countStandIns();
  const test = testCluster(17_720);
  const { run } = platformSandbox(() => test().paths);

  const settings = (changes: Record<string, unknown>) => platformSettings("dev", changes);
  const succeeded = async (verb: string, changes: Record<string, unknown>) => {
    const { code, stderr, counts } = await run(verb, await settings(changes));
    assert.equal(code, 0, stderr);
    return counts;
  };
  const nothingToChange = async (changes: Record<string, unknown>) => {
    const { created, updated, deleted } = await succeeded("preview", changes);
    assert.deepEqual([created, updated, deleted], [0, 0, 0]);
  };
  const uids = () => Promise.all(foreign.map(async (object) => (await test().get(object))?.metadata.uid));
  let before: (string | undefined)[];

  const refused = async () => {
    for (const crdPolicy of ["delete", "keep"]) {
      const { code, stderr } = await run("up", await settings({ crdPolicy, parts: without }));
      assert.equal(code, 1);
      const lines = stderr.split("\n").filter((line) => line.startsWith("error: "));
      assert.deepEqual(
        lines.map((line) => /parts\.(\w+) takes release [\w-]+ away, .* set crdPolicy to keep/.exec(line)?.[1]),
        ["certManager", "prometheusOperator", "grafana"],
      );
    }
    assert.deepEqual(await uids(), before);
  };

  it("are refused though the stack's first up failed when their releases were there", async () => {
    for (const object of refusal) await test().apply(object);
    const { code, stderr } = await run("up", await settings({ crdPolicy: "delete" }));
    assert.equal(code, 1);
    assert.match(stderr, /no alertmanager today/);
    await test().apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: "foreign" } });
    for (const object of foreign) await test().apply(object);
    before = await uids();
    assert.ok(before.every((uid) => uid !== undefined));
    await refused();
    for (const { apiVersion, kind, metadata } of refusal)
      await test().client.delete({ apiVersion, kind, name: metadata.name });
  });

  it("are refused in one line while their CRDs would go with them, whatever the policy says now", async () => {
    await succeeded("up", { crdPolicy: "delete" });
    await refused();
    await nothingToChange({ crdPolicy: "delete" });
  });

  it("go after an up that keeps their CRDs, and come again: nobody else's object is touched", async () => {
    await succeeded("up", { crdPolicy: "keep" });
    for (const parts of [without, {}]) {
      await succeeded("up", { crdPolicy: "keep", parts });
      assert.deepEqual(await uids(), before);
      await nothingToChange({ crdPolicy: "keep", parts });
    }
  });

  it("leave their namespaces to what others have put into them, also when the stack goes", async () => {
    // A Prometheus cannot go without an operator, of the stack or of the cluster.
    const settingsNow = { crdPolicy: "keep", parts: { certManager: false, grafana: false } };
    await succeeded("up", settingsNow);
    await nothingToChange(settingsNow);
    await succeeded("destroy", settingsNow);
    assert.deepEqual(await uids(), before);
    const namespaces = (await test().client.list("v1", "Namespace")).map(({ metadata }) => metadata.name);
    assert.ok(["cert-manager", "grafana-operator"].every((name) => namespaces.includes(name)));
    assert.ok(!["observability", "prometheus-operator"].some((name) => namespaces.includes(name)));
    // The next stack takes them over.
    await succeeded("up", { crdPolicy: "keep" });
    assert.deepEqual(await uids(), before);
  });

  it("leave a receiver's Secret in place when its content changes", async () => {
    const secret = {
      ...{ apiVersion: "v1", kind: "Secret" },
      metadata: { name: resources.alertSecret, namespace: "observability" },
    };
    const uid = async () => (await test().get(secret))?.metadata.uid;
    await succeeded("up", { crdPolicy: "keep", alertmanager, alertSecrets: { chat: "https://chat.invalid/one" } });
    const made = await uid();
    assert.ok(made !== undefined);
    const changed = { crdPolicy: "keep", alertmanager, alertSecrets: { chat: "https://chat.invalid/two" } };
    const { updated, deleted } = await succeeded("up", changed);
    assert.deepEqual([updated, deleted, await uid()], [1, 0, made]);
    await nothingToChange(changed);
  });
});
