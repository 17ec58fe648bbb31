import assert from "node:assert/strict";
import { type BundlePatches, imagesOf, patchObjects } from "../../../artifacts/manifests/bundlePatches.ts";
import { type ManifestObject, parseManifest } from "../../../artifacts/manifests/manifest.ts";
import { valuesAt } from "../../../artifacts/manifests/objectPath.ts";

const manifest = `
apiVersion: v1
kind: Namespace
metadata: { name: system }
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: things.example.org, annotations: { helm.sh/resource-policy: keep, other: stays } }
spec:
  conversion: { webhook: { clientConfig: { caBundle: Cg==, service: { name: a, namespace: system } } } }
  versions: [{ name: v1, schema: { openAPIV3Schema: { type: object, description: long } } }]
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: { name: hooks }
webhooks: [{ name: a, clientConfig: { caBundle: "" } }, { name: b, clientConfig: { caBundle: UmVhbA== } }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: operator, namespace: system }
spec:
  template:
    spec:
      initContainers: [{ name: init, image: "old.io/init:1" }]
      containers:
        - { name: manager, image: "old.io/manager:1", args: ["--image=old.io/sidecar:1", "--at=host.name:80"] }
        - { name: proxy, image: "old.io/proxy:1" }
      volumes:
        - { name: tmp, emptyDir: {} }
        - { name: cache, emptyDir: { sizeLimit: 1Gi } }
        - { name: cert, secret: { secretName: cert } }
`;

const objects = parseManifest(manifest, "bundle.yaml");

function patched(patches: Partial<BundlePatches> = {}): ManifestObject[] {
  return patchObjects(objects, { crdPolicy: "delete", ...patches }, "bundle.yaml");
}

function ofKind(kind: string, all: ManifestObject[]): ManifestObject {
  const found = all.find((object) => object.kind === kind);
  assert.ok(found, `there is a ${kind}`);
  return found;
}

function fails(patches: Partial<BundlePatches>, message: string): void {
  assert.throws(() => patched(patches), { name: "ArtifactError", message });
}

describe("patchObjects", () => {
  it("bounds the folders on the node's disk that have no limit", () => {
    const volumes = valuesAt(ofKind("Deployment", patched()), ["spec", "template", "spec", "volumes"]);
    assert.deepEqual(volumes, [
      [
        { name: "tmp", emptyDir: { sizeLimit: "256Mi" } },
        { name: "cache", emptyDir: { sizeLimit: "1Gi" } },
        { name: "cert", secret: { secretName: "cert" } },
      ],
    ]);
  });

  it("takes Namespaces out and leaves the given objects as they were", () => {
    const before = structuredClone(objects);
    assert.deepEqual(
      patched({ namespace: { from: "system", to: "new" }, crdPolicy: "keep" }).map(({ kind }) => kind),
      ["CustomResourceDefinition", "ValidatingWebhookConfiguration", "Deployment"],
    );
    assert.deepEqual(objects, before);
  });

  it("strips the descriptions of CRD schemas", () => {
    assert.doesNotMatch(JSON.stringify(patched()), /long/);
  });

  it("sets resources of a Deployment's first container, and keeps upstream's others", () => {
    const resources = { requests: { cpu: "1", memory: "1Mi" }, limits: { cpu: "2" } };
    const deployment = {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "x" },
      spec: { template: { spec: { containers: [{ name: "a", resources }, { name: "b" }] } } },
    };
    const of = (name: string) =>
      patchObjects(
        [deployment],
        { crdPolicy: "keep", resources: { [name]: { limits: { memory: "3Mi" } } } },
        "bundle.yaml",
      );
    assert.deepEqual(valuesAt(of("x")[0], ["spec", "template", "spec", "containers", "*", "resources"]), [
      { requests: resources.requests, limits: { cpu: "2", memory: "3Mi" } },
    ]);
    assert.throws(() => of("y"), {
      message: 'bundle.yaml: there is no Deployment "y", to which the patches add resources',
    });
  });

  it("drops placeholder caBundles and keeps real ones", () => {
    const clientConfigs = valuesAt(ofKind("ValidatingWebhookConfiguration", patched()), [
      "webhooks",
      "*",
      "clientConfig",
    ]);
    assert.deepEqual(clientConfigs, [{}, { caBundle: "UmVhbA==" }]);
    assert.doesNotMatch(JSON.stringify(patched()), /Cg==/);
  });

  it("adds and removes the policy that keeps a CRD", () => {
    const annotations = (crdPolicy: "keep" | "delete") =>
      ofKind("CustomResourceDefinition", patched({ crdPolicy })).metadata["annotations"];
    assert.deepEqual(annotations("keep"), { "helm.sh/resource-policy": "keep", other: "stays" });
    assert.deepEqual(annotations("delete"), { other: "stays" });
  });

  it("moves objects and references to another namespace", () => {
    const text = JSON.stringify(patched({ namespace: { from: "system", to: "new" } }));
    assert.doesNotMatch(text, /"system"/);
    assert.equal(text.match(/"namespace":"new"/g)?.length, 2);
  });

  it("replaces images of containers, init containers and arguments", () => {
    const images = {
      "old.io/init:1": "new.io/init:2",
      "old.io/sidecar:1": "new.io/sidecar:2",
      "old.io/proxy:1": "p:2",
    };
    assert.deepEqual(imagesOf(patched({ images })), ["new.io/init:2", "new.io/sidecar:2", "old.io/manager:1", "p:2"]);
  });

  it("adds arguments to the first container of the Deployment", () => {
    const deployment = ofKind("Deployment", patched({ extraArgs: { operator: ["--more"] } }));
    assert.deepEqual(valuesAt(deployment, ["spec", "template", "spec", "containers", "*", "args"]), [
      ["--image=old.io/sidecar:1", "--at=host.name:80", "--more"],
    ]);
  });

  it("adds arguments where there are none yet", () => {
    const bare = parseManifest(
      `apiVersion: apps/v1
kind: Deployment
metadata: { name: bare, namespace: a }
spec: { template: { spec: { containers: [{ name: b, image: c }] } } }`,
      "f",
    );
    const [deployment] = patchObjects(bare, { extraArgs: { bare: ["--x"] }, crdPolicy: "keep" }, "f");
    assert.deepEqual(valuesAt(deployment, ["spec", "template", "spec", "containers", "*", "args"]), [["--x"]]);
  });

  it("refuses a patch that has nothing to change", () => {
    fails(
      { namespace: { from: "default", to: "new" } },
      `bundle.yaml: no object is in namespace "default", which the patches move`,
    );
    fails(
      { images: { "old.io/gone:1": "x" } },
      `bundle.yaml: no container uses image "old.io/gone:1", which the patches replace`,
    );
    fails(
      { extraArgs: { gone: ["--x"] } },
      `bundle.yaml: there is no Deployment "gone", to which the patches add arguments`,
    );
  });
});

describe("imagesOf", () => {
  it("lists images of containers and arguments once, sorted", () => {
    assert.deepEqual(imagesOf([...objects, ...objects]), [
      "old.io/init:1",
      "old.io/manager:1",
      "old.io/proxy:1",
      "old.io/sidecar:1",
    ]);
  });
});
