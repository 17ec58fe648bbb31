import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { dump } from "js-yaml";

/** A small operator's release. */
export interface SmallBundle {
  /** Of the operator, of its namespace, and of the API group of its kind Thing. */
  readonly name: string;
  /** As `v1.0.0`; also the tag of its image. */
  readonly version: string;
  /** Label of its pods. A Deployment cannot be changed to another one: such an upgrade is refused. @default the name */
  readonly podLabel?: string;
}

/** A mirror that holds the release manifests of small operators. */
export async function writeSmallBundles(folder: string, bundles: readonly SmallBundle[]): Promise<void> {
  await mkdir(join(folder, "bundles"), { recursive: true });
  const sums: string[] = [];
  for (const bundle of bundles) {
    const file = `bundles/${bundle.name}-${bundle.version}.yaml`;
    const text = manifest(bundle);
    await writeFile(join(folder, file), text);
    sums.push(`${createHash("sha256").update(text).digest("hex")}  ${file}\n`);
  }
  await writeFile(join(folder, "SHA256SUMS"), sums.join(""));
}

/** A CRD, a webhook that wants a CA, and a Deployment: what an operator's manifest is made of. */
function manifest({ name, version, podLabel = name }: SmallBundle): string {
  const group = `${name}.example.org`;
  const schema = {
    type: "object",
    properties: { spec: { type: "object", properties: { size: { type: "integer" } } } },
  };
  const labels = { app: podLabel };
  const objects = [
    {
      ...{
        apiVersion: "apiextensions.k8s.io/v1",
        kind: "CustomResourceDefinition",
        metadata: { name: `things.${group}` },
      },
      spec: {
        ...{ group, scope: "Namespaced", names: { kind: "Thing", plural: "things", singular: "thing" } },
        versions: [{ name: "v1", served: true, storage: true, schema: { openAPIV3Schema: schema } }],
      },
    },
    {
      ...{ apiVersion: "admissionregistration.k8s.io/v1", kind: "ValidatingWebhookConfiguration" },
      metadata: { name, annotations: { "cert-manager.io/inject-ca-from": `${name}/${name}` } },
      webhooks: [
        {
          ...{ name: group, admissionReviewVersions: ["v1"], sideEffects: "None" },
          clientConfig: { service: { name, namespace: name } },
          rules: [{ apiGroups: [group], apiVersions: ["v1"], operations: ["CREATE"], resources: ["things"] }],
        },
      ],
    },
    {
      ...{ apiVersion: "apps/v1", kind: "Deployment", metadata: { name, namespace: name } },
      spec: {
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: { containers: [{ name: "operator", image: `example.org/${name}:${version}` }] },
        },
      },
    },
  ];
  return objects.map((object) => dump(object)).join("---\n");
}
