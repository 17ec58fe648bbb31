import { type CrdSchema, crdsIn, type MirroredCrd } from "../../review/crds/mirroredCrds.ts";

const text = { type: "string" };

/** The `spec` of a small CRD; the next release has every kind of change in it. */
export const oldWidget: CrdSchema = {
  type: "object",
  required: ["replicas"],
  properties: {
    replicas: { type: "integer" },
    image: { type: "string", description: "old words" },
    mode: { type: "string", enum: ["fast", "safe"] },
    limits: { type: "object", additionalProperties: text },
    ports: {
      type: "array",
      items: { type: "object", properties: { name: text, port: { "x-kubernetes-int-or-string": true } } },
    },
  },
};
export const newWidget: CrdSchema = {
  type: "object",
  required: ["replicas", "storage", "policy"],
  properties: {
    replicas: text,
    storage: text,
    policy: { type: "string", default: "keep" },
    mode: { type: "string", enum: ["safe", "careful"] },
    limits: { type: "object", additionalProperties: { type: "integer" } },
    ports: {
      type: "array",
      items: {
        type: "object",
        required: ["name"],
        properties: {
          name: { type: "string", description: "new words" },
          port: { "x-kubernetes-int-or-string": true },
          protocol: text,
        },
      },
    },
  },
};

/** A release manifest that holds the kind Widget with this `spec` in each version. */
export function widgetManifest(spec: CrdSchema, versions: readonly string[] = ["v1"]): string {
  const schema = { openAPIV3Schema: { type: "object", properties: widgetFields(spec) } };
  const names = { kind: "Widget" };
  const crd = {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: "widgets.example.org" },
    spec: { group: "example.org", scope: "Namespaced", names, versions: versions.map((name) => ({ name, schema })) },
  };
  return JSON.stringify(crd);
}

/** The CRDs of such a manifest. */
export function widgetCrds(spec: CrdSchema, versions?: readonly string[]): MirroredCrd[] {
  return crdsIn(widgetManifest(spec, versions), "test.yaml");
}

function widgetFields(spec: CrdSchema) {
  return { apiVersion: text, kind: text, metadata: { type: "object" }, spec };
}

/** A custom resource of that kind, as the program registers one. */
export function widget(spec: object, apiVersion = "example.org/v1") {
  return {
    where: "stack prod",
    label: "Widget a",
    inputs: { apiVersion, kind: "Widget", metadata: { name: "a" }, spec },
  };
}
