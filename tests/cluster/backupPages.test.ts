import assert from "node:assert/strict";
import { load } from "js-yaml";
import { crd } from "../../artifacts/standIns/objects.ts";
import { podSecurityLabels } from "../../components/kubernetes/podSecurity.ts";
import { commandsUnder } from "../support/docsCommands.ts";
import { eventually } from "../support/eventually.ts";
import { readProjectFile } from "../support/markdown.ts";
import { newUser } from "../support/newUser.ts";
import { testCluster, type TestObject } from "../support/testCluster.ts";

const namespace = "observability";
const prometheus = {
  apiVersion: "monitoring.coreos.com/v1",
  kind: "Prometheus",
  metadata: { name: "prometheus", namespace },
};
const jaeger = {
  apiVersion: "opentelemetry.io/v1beta1",
  kind: "OpenTelemetryCollector",
  metadata: { name: "jaeger", namespace },
};
const set = { apiVersion: "apps/v1", kind: "StatefulSet", metadata: { name: "jaeger-collector", namespace } };

/** What docs/production.md has its reader do to objects; what goes into pods and out of them no pod here can answer. */
describe("copies of volumes, by the page", function () {
  this.timeout(120_000);
  const test = testCluster(22_230);
  const user = newUser(() => test().paths);
  const commands = commandsUnder("docs/production.md", "Copies");
  const specOf = async (object: TestObject) => (await test().get(object))?.["spec"] as Record<string, unknown>;

  before("make what is copied", async () => {
    await test().apply({
      ...{ apiVersion: "v1", kind: "Namespace" },
      metadata: { name: namespace, labels: podSecurityLabels("restricted") },
    });
    await test().apply(
      crd({ group: "monitoring.coreos.com", kind: "Prometheus", versions: ["v1"], plural: "prometheuses" }),
    );
    await test().apply(crd({ group: "opentelemetry.io", kind: "OpenTelemetryCollector", versions: ["v1beta1"] }));
    const template = {
      metadata: { labels: { app: "jaeger" } },
      spec: { containers: [{ name: "jaeger", image: "example.org/jaeger:1" }] },
    };
    const spec = { serviceName: "jaeger", selector: { matchLabels: { app: "jaeger" } }, replicas: 1, template };
    await eventually(async () => {
      for (const object of [prometheus, jaeger]) await test().apply({ ...object, spec: {} });
      await test().apply({ ...set, spec });
    }, 30_000);
  });

  it("switch the admin API of Prometheus on, and off again", async () => {
    const [on = "", off = "", ...others] = commands.filter((command) => command.includes("patch prometheus"));
    assert.deepEqual(others, []);
    await user.types(on);
    assert.equal((await specOf(prometheus))["enableAdminAPI"], true);
    await user.types(off);
    assert.equal((await specOf(prometheus))["enableAdminAPI"], false);
  });

  it("end Jaeger, whose operator does not start it again", async () => {
    const ending = commands.filter((command) => /patch opentelemetrycollector|scale statefulset/.test(command));
    assert.equal(ending.length, 2);
    await user.types(ending.join(" && "));
    assert.deepEqual(await specOf(jaeger), { managementState: "unmanaged" });
    assert.equal((await specOf(set))["replicas"], 0);
  });

  it("go by a pod that Pod Security lets into the namespace", async () => {
    const [, pod = ""] =
      /```yaml\n(apiVersion: v1\nkind: Pod[\s\S]*?)```/.exec(readProjectFile("docs/production.md")) ?? [];
    await test().apply(load(pod) as TestObject);
    const metadata = { name: "volume", namespace };
    assert.notEqual(await test().get({ apiVersion: "v1", kind: "Pod", metadata }), undefined);
  });
});
