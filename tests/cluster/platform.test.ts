import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { containerSecurity, podSecurity } from "../../components/kubernetes/podSecurity.ts";
import { createTransport } from "../../sandbox/cluster/api/transport.ts";
import { allObjects, ownObjects } from "../support/allObjects.ts";
import { eventually } from "../support/eventually.ts";
import { artifactsAre, platformSandbox, platformSettings } from "../support/platformSandbox.ts";
import type { SandboxRun } from "../support/sandboxRun.ts";
import { countStandIns } from "../support/standInCount.ts";
import { conditionsOf, testCluster } from "../support/testCluster.ts";

describe(`the platform, stack dev, with ${artifactsAre}`, function () {
  this.timeout(300_000);
  countStandIns();
  const test = testCluster(17600);
  const sandbox = platformSandbox(() => test().paths);
  let cluster: string[];
  let dev: Record<string, unknown>;
  let resources: number;
  /** All that the runs have printed. */
  const said: string[] = [];

  const objects = () => allObjects(createTransport(test().cluster.kubeconfig));
  const run = async (verb: string, settings: Record<string, unknown>, ...flags: string[]): Promise<SandboxRun> => {
    const ended = await sandbox.run(verb, settings, ...flags);
    assert.equal(ended.code, 0, ended.stderr);
    said.push(ended.stdout, ended.stderr);
    return ended;
  };
  const nothing = { created: 0, updated: 0, deleted: 0, failed: 0 };

  before("note what the cluster holds by itself", async () => {
    dev = await platformSettings("dev");
    cluster = await ownObjects(createTransport(test().cluster.kubeconfig));
  });

  it("previews into an empty cluster and changes nothing", async () => {
    const { counts } = await run("preview", dev);
    assert.ok(counts.created > 30);
    assert.deepEqual(counts, { ...nothing, created: counts.created, unchanged: 0 });
    assert.deepEqual(await objects(), cluster);
  });

  it("installs everything, every Deployment available, every custom resource accepted", async () => {
    const { counts } = await run("up", dev);
    resources = counts.created;
    assert.deepEqual(counts, { ...nothing, created: resources, unchanged: 0 });
    const deployments = await test().client.list("apps/v1", "Deployment");
    assert.ok(deployments.length >= 8);
    for (const { metadata, ...deployment } of deployments) {
      assert.equal(conditionsOf({ metadata, ...deployment }).Available, "True", metadata.name);
    }
    const collectors = await test().client.list("opentelemetry.io/v1beta1", "OpenTelemetryCollector");
    assert.deepEqual(collectors.map(({ metadata }) => metadata.name).sort(), ["jaeger", "logs", "otel"]);
  });

  it("gives a token of the API to pods of Prometheus' and the Collector's accounts only, by the API server's own admission", async () => {
    const token = async (serviceAccountName: string) => {
      const metadata = { name: `token-${serviceAccountName}`, namespace: "observability" };
      const pod = { apiVersion: "v1", kind: "Pod", metadata };
      const containers = [{ name: "a", image: "a:1", securityContext: containerSecurity }];
      await test().apply({ ...pod, spec: { serviceAccountName, securityContext: podSecurity(1000), containers } });
      const { spec, ...made } = (await test().get(pod)) ?? assert.fail();
      await test().client.delete({ apiVersion: "v1", kind: "Pod", ...made.metadata });
      return JSON.stringify(spec).includes("serviceAccountToken");
    };
    const accounts = ["prometheus", "otel", "jaeger"];
    assert.deepEqual(await Promise.all(accounts.map(token)), [true, true, false]);
  });

  it("has nothing to change right after, nor after a refresh, in a preview and in a second up", async () => {
    for (const verb of ["preview", "refresh", "preview", "up"]) {
      assert.deepEqual((await run(verb, dev)).counts, { ...nothing, unchanged: resources }, verb);
    }
  });

  it("previews exactly the objects that a changed setting touches, field by field", async () => {
    const changed = { ...dev, instrumentation: { samplingRatio: 0.5, metricExportIntervalSeconds: 5 } };
    const { counts, stderr } = await run("preview", changed);
    // The sampler, the pods that have to be injected anew, and what tells other stacks of it.
    assert.deepEqual(counts, { ...nothing, updated: 3, unchanged: resources - 3 });
    assert.match(stderr, /argument: "1" => "0\.5"/);
    assert.match(stderr, /fluffy-observability\/instrumentation-hash/);
  });

  it("lets a namespace be deleted while the platform is up", async () => {
    const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "passing" } };
    await test().apply(namespace);
    await test().client.delete({ apiVersion: "v1", kind: "Namespace", name: "passing" });
    await eventually(async () => {
      assert.equal(await test().get(namespace), undefined);
    }, 60_000);
  });

  it("keeps Grafana's password in a Secret only, and out of what the runs have said", async () => {
    const secret = {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "grafana-admin-credentials", namespace: "observability" },
    };
    const { GF_SECURITY_ADMIN_PASSWORD: encoded = "" } = ((await test().get(secret))?.data ?? {}) as Record<
      string,
      string
    >;
    const password = Buffer.from(encoded, "base64").toString();
    assert.equal(password.length, 32);
    const { stdout, stderr, outputs } = await run("outputs", dev);
    assert.deepEqual(outputs.grafanaAdminSecret, { namespace: "observability", name: "grafana-admin-credentials" });
    assert.ok(!(stdout + stderr).includes(password));
    assert.ok(!said.some((text) => text.includes(password)));
    const files = filesBelow(test().paths.state).filter((file) => readFileSync(file).includes(password));
    // etcd's own data is the cluster, where the Secret is.
    assert.deepEqual(
      files.filter((file) => !file.includes("/cluster/etcd/")),
      [],
    );
  });

  it("destroys custom resources before their operators, and leaves nothing", async () => {
    const { counts, stderr } = await run("destroy", dev);
    const lines = stderr.split("\n");
    assert.deepEqual(counts, { ...nothing, deleted: resources, unchanged: 0 });
    const at = (name: string) => {
      const line = lines.findIndex((candidate) => candidate.includes(`${name}: done`));
      assert.notEqual(line, -1, `${name} in:\n${lines.join("\n")}`);
      return line;
    };
    for (const name of ["OpenTelemetryCollector-otel", "Instrumentation-python"]) {
      assert.ok(at(name) < at("Release opentelemetry-operator"), name);
    }
    assert.ok(at("Prometheus-prometheus") < at("Release prometheus-operator"));
    for (const name of ["GrafanaDatasource-jaeger", "Grafana-grafana"]) {
      assert.ok(at(name) < at("Release grafana-operator"), name);
    }
    assert.ok(at("Release opentelemetry-operator") < at("Release cert-manager"));
    await eventually(async () => {
      assert.deepEqual(await objects(), cluster);
    }, 30_000);
  });
});

function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name));
  return entries.filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile());
}
