import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { unpack } from "../../artifacts/tarball.ts";
import { parseManifest } from "../../artifacts/manifests/manifest.ts";
import { syncStages } from "../../sandbox/cluster/cluster.ts";
import type { KubeObject } from "../../sandbox/cluster/api/client.ts";
import { eventually } from "../support/eventually.ts";
import { mirror } from "../../review/program/mirror.ts";
import { countStandIns } from "../support/standInCount.ts";
import { standInFolder } from "../../review/program/standInMirror.ts";
import { conditionsOf, testCluster, type TestObject } from "../support/testCluster.ts";

const WAIT_MS = 15_000;

/** All CRDs of a folder laid out as a mirror. */
function crdsOf(folder: string): TestObject[] {
  const bundles = readdirSync(join(folder, "bundles")).map((name) =>
    readFileSync(join(folder, "bundles", name), "utf8"),
  );
  const charts = readdirSync(join(folder, "charts")).flatMap((name) =>
    Object.values(unpack(readFileSync(join(folder, "charts", name))) ?? {}).map(String),
  );
  return [...bundles, ...charts]
    .filter((text) => text.includes("kind: CustomResourceDefinition"))
    .flatMap((text) => parseManifest(text, folder))
    .filter(({ kind }) => kind === "CustomResourceDefinition");
}

const metadata = { name: "example", namespace: "default" };

/** One object of every kind that a simulated operator reports of, with what it is to report. */
const customResources: { object: TestObject; conditions: Record<string, string>; status?: Record<string, unknown> }[] =
  [
    {
      object: {
        apiVersion: "cert-manager.io/v1",
        kind: "Certificate",
        metadata,
        spec: { secretName: "example", dnsNames: ["example"], issuerRef: { name: "example" } },
      },
      conditions: { Ready: "True" },
    },
    {
      object: { apiVersion: "cert-manager.io/v1", kind: "Issuer", metadata, spec: { selfSigned: {} } },
      conditions: { Ready: "True" },
    },
    {
      object: {
        apiVersion: "opentelemetry.io/v1beta1",
        kind: "OpenTelemetryCollector",
        metadata,
        spec: { config: { receivers: {}, exporters: {}, service: { pipelines: {} } } },
      },
      conditions: { Ready: "True" },
      status: { observedGeneration: 1 },
    },
    {
      object: { apiVersion: "jaegertracing.io/v1", kind: "Jaeger", metadata, spec: {} },
      conditions: {},
      status: { phase: "Running" },
    },
    {
      object: { apiVersion: "grafana.integreatly.org/v1beta1", kind: "Grafana", metadata, spec: {} },
      conditions: {},
      status: { stage: "complete", stageStatus: "success" },
    },
  ];

describe("the simulated kubelet and operators", function () {
  this.timeout(60_000);
  const test = testCluster(17450);
  const podTemplate = {
    metadata: { labels: { app: "example" } },
    spec: { containers: [{ name: "app", image: "app" }] },
  };

  async function eventuallyIs(object: TestObject, check: (found: KubeObject | undefined) => void): Promise<void> {
    await eventually(async () => {
      check(await test().get(object));
    }, WAIT_MS);
  }

  it("starts pods, so that a Deployment becomes available", async () => {
    const spec = { replicas: 2, selector: { matchLabels: podTemplate.metadata.labels }, template: podTemplate };
    const deployment = { apiVersion: "apps/v1", kind: "Deployment", metadata, spec };
    await test().apply(deployment);
    await eventuallyIs(deployment, (found) => {
      assert.equal(conditionsOf(found).Available, "True");
      assert.equal((found?.status as { readyReplicas: number }).readyReplicas, 2);
    });
    await test().client.delete({ ...deployment, ...metadata });
    await eventually(async () => {
      assert.deepEqual(await test().client.list("v1", "Pod", "default"), []);
    }, WAIT_MS);
  });

  it("completes the pods of Jobs, init containers included", async () => {
    const containers = podTemplate.spec.containers;
    const template = { spec: { restartPolicy: "Never", initContainers: [{ name: "init", image: "app" }], containers } };
    const job = { apiVersion: "batch/v1", kind: "Job", metadata, spec: { template } };
    await test().apply(job);
    await eventuallyIs(job, (found) => {
      assert.equal(conditionsOf(found).Complete, "True");
    });
  });

  for (const kind of ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"]) {
    const webhooks = ["one", "two"].map((name) => ({
      name: `${name}.example.com`,
      clientConfig: { service: { name: "example", namespace: "default" } },
      admissionReviewVersions: ["v1"],
      sideEffects: "None",
    }));
    const configuration = (name: string, annotations: Record<string, string>) => ({
      apiVersion: "admissionregistration.k8s.io/v1",
      kind,
      metadata: { name, annotations },
      webhooks,
    });
    const caBundles = (object?: KubeObject) =>
      (object?.webhooks as { clientConfig: { caBundle?: string } }[]).map(({ clientConfig }) => clientConfig.caBundle);

    it(`gives every webhook of a ${kind} a CA, where one is asked for`, async () => {
      const asking = configuration("asking", { "cert-manager.io/inject-ca-from": "default/example" });
      const silent = configuration("silent", {});
      await test().apply(silent);
      await test().apply(asking);
      await eventuallyIs(asking, (found) => {
        for (const bundle of caBundles(found)) {
          assert.match(Buffer.from(bundle ?? "", "base64").toString(), /BEGIN CERTIFICATE/);
        }
      });
      assert.deepEqual(caBundles(await test().get(silent)), [undefined, undefined]);
    });
  }

  describe(`with the CRDs of ${mirror === undefined ? "the stand-ins" : "the real operators"}`, () => {
    countStandIns();
    before(async () => {
      for (const crd of crdsOf(mirror ?? (await standInFolder()))) await test().apply(crd);
      await syncStages(test().cluster);
    });

    for (const { object, conditions, status = {} } of customResources) {
      const settled = (found: KubeObject | undefined) => {
        assert.deepEqual(conditionsOf(found), conditions);
        for (const [field, value] of Object.entries(status)) {
          assert.deepEqual((found?.status as Record<string, unknown>)[field], value, field);
        }
      };

      it(`reports ${object.kind} as taken in, and then leaves it alone`, async () => {
        await test().apply(object);
        await eventuallyIs(object, settled);
        const version = (await test().get(object))?.metadata.resourceVersion;
        await new Promise((resolve) => setTimeout(resolve, 500));
        assert.equal((await test().get(object))?.metadata.resourceVersion, version);
      });
    }

    it("takes a changed spec in again", async () => {
      const issuer = { apiVersion: "cert-manager.io/v1", kind: "Issuer", metadata, spec: { selfSigned: {} } };
      await test().apply({ ...issuer, spec: { selfSigned: { crlDistributionPoints: ["http://example"] } } });
      await eventuallyIs(issuer, (found) => {
        const { conditions } = found?.status as { conditions: { observedGeneration: number }[] };
        assert.equal(found?.metadata.generation, 2);
        assert.equal(conditions[0]?.observedGeneration, 2);
      });
    });

    it("gives conversion webhooks of CRDs a CA", async function () {
      if (mirror === undefined) this.skip(); // the stand-ins convert nothing
      const ref = { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" };
      await eventuallyIs({ ...ref, metadata: { name: "opentelemetrycollectors.opentelemetry.io" } }, (found) => {
        const { webhook } = (found?.spec as { conversion: { webhook: { clientConfig: { caBundle?: string } } } })
          .conversion;
        assert.match(Buffer.from(webhook.clientConfig.caBundle ?? "", "base64").toString(), /BEGIN CERTIFICATE/);
      });
    });

    it("follows a kind that goes and comes back", async () => {
      const name = "grafanas.grafana.integreatly.org";
      const crd = crdsOf(mirror ?? (await standInFolder())).find((candidate) => candidate.metadata.name === name);
      assert.ok(crd);
      await test().client.delete({ ...crd, name });
      await eventuallyIs(crd, (found) => {
        assert.equal(found, undefined);
      });
      await syncStages(test().cluster);
      const stages = await test().client.list("kwok.x-k8s.io/v1alpha1", "Stage");
      assert.deepEqual(
        stages.filter(({ metadata }) => metadata.name.includes("grafana")),
        [],
      );
      await test().apply(crd);
      await syncStages(test().cluster);
      const grafana = { apiVersion: "grafana.integreatly.org/v1beta1", kind: "Grafana", metadata, spec: {} };
      await test().apply(grafana);
      await eventuallyIs(grafana, (found) => {
        assert.equal((found?.status as { stageStatus: string } | undefined)?.stageStatus, "success");
      });
    });
  });
});
