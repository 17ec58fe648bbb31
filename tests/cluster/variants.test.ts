import assert from "node:assert/strict";
import { namespaces } from "../../components/names.ts";
import { createTransport } from "../../sandbox/cluster/api/transport.ts";
import { allObjects, ownObjects } from "../support/allObjects.ts";
import { eventually } from "../support/eventually.ts";
import { artifactsAre, platformSandbox, platformSettings } from "../support/platformSandbox.ts";
import { countStandIns } from "../support/standInCount.ts";
import { testCluster } from "../support/testCluster.ts";

type Settings = Record<string, unknown>;

const jaeger = { endpoint: "jaeger.example.org:4317", url: "https://jaeger.example.org" };

/** A part that is switched off, with what then has to be said about it. */
const switches: Readonly<Record<string, Settings>> = {
  certManager: {},
  metricsServer: {},
  jaeger: { jaeger },
  grafana: {},
  sampleApi: {},
};

/** The API groups of the operators that every stack has. */
const groups = ["cert-manager.io", "monitoring.coreos.com", "opentelemetry.io", "grafana.integreatly.org"];

describe(`every variant of the platform, with ${artifactsAre}`, function () {
  this.timeout(300_000);
  countStandIns();
  const test = testCluster(17610);
  const sandbox = platformSandbox(() => test().paths);
  let cluster: string[];

  const objects = () => allObjects(createTransport(test().cluster.kubeconfig));
  const run = async (verb: string, settings: Settings, ...flags: string[]) => {
    const ended = await sandbox.run(verb, settings, ...flags);
    assert.equal(ended.code, 0, ended.stderr);
    return ended;
  };
  /** Takes a variant up; a preview and, where there is time, a second up then have nothing to do. */
  const holds = async (settings: Settings, verbs: readonly string[], ...flags: string[]) => {
    const { counts } = await run("up", settings, ...flags);
    const unchanged = counts.created + counts.updated + counts.unchanged;
    for (const verb of verbs) {
      const again = await run(verb, settings, ...flags);
      assert.deepEqual(again.counts, { created: 0, updated: 0, deleted: 0, unchanged, failed: 0 }, verb);
    }
    return counts;
  };
  /** What is there beyond the cluster's own, and the sandbox's simulated operators of the kinds that are left. */
  const left = async () => (await objects()).filter((line) => !cluster.includes(line) && !line.includes(" Stage /"));
  const crds = async () => (await left()).filter((line) => line.includes(" CustomResourceDefinition "));

  before("note what the cluster holds by itself", async () => {
    cluster = await ownObjects(createTransport(test().cluster.kubeconfig));
  });

  it("prod: up, preview, up, destroy, which leaves the CRDs of all operators and nothing else", async () => {
    const settings = await platformSettings("prod");
    await holds(settings, ["preview", "up"], "--stack", "prod");
    const installed = await crds();
    for (const group of groups) assert.ok(installed.join("\n").includes(`.${group}`), group);
    await run("destroy", settings, "--stack", "prod");
    await eventually(async () => {
      assert.deepEqual(await left(), installed);
    }, 30_000);
  });

  it("staging: up takes the CRDs over that prod has left, then preview, up, destroy", async () => {
    const before = await crds();
    const settings = await platformSettings("staging");
    await holds(settings, ["preview", "up"], "--stack", "staging");
    assert.deepEqual(await crds(), before);
    await run("destroy", settings, "--stack", "staging");
  });

  it("dev without prometheusOperator, in a cluster that has its kinds: up, preview", async () => {
    await holds(await platformSettings("dev", { crdPolicy: "keep", parts: { prometheusOperator: false } }), [
      "preview",
    ]);
  });

  it("dev with engine operator: up takes the CRDs over, then preview, up", async () => {
    const settings = await platformSettings("dev", { jaegerEngine: "operator", crdPolicy: "keep" });
    await holds(settings, ["preview", "up"]);
    const simplest = await test().client.list("jaegertracing.io/v1", "Jaeger", namespaces.observability);
    assert.deepEqual(
      simplest.map(({ metadata }) => metadata.name),
      ["simplest"],
    );
    assert.ok((await crds()).join("\n").includes(".jaegertracing.io"));
  });

  // One after the other on the running platform, as who moves to a part of their own: the one before comes back.
  for (const [part, more] of Object.entries(switches)) {
    it(`dev without ${part}: up removes it and leaves the rest, preview`, async () => {
      const before = await crds();
      const settings = await platformSettings("dev", { crdPolicy: "keep", parts: { [part]: false }, ...more });
      const { deleted } = await holds(settings, ["preview"]);
      assert.ok(deleted > 0);
      assert.deepEqual(await crds(), before);
    });
  }

  it("dev with everything again: up; destroy with policy delete leaves nothing, not even CRDs that were kept", async () => {
    const settings = await platformSettings("dev", { jaegerEngine: "operator" });
    await holds(settings, ["preview"]);
    await run("destroy", settings);
    await eventually(async () => {
      assert.deepEqual(await left(), []);
    }, 30_000);
  });
});
