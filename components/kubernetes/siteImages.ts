import type * as pulumi from "@pulumi/pulumi";
import { podPath } from "../../artifacts/manifests/podTemplates.ts";
import { updateAt } from "../../artifacts/manifests/objectPath.ts";
import { imageIn, renamesImages } from "../../catalog/imageRegistry.ts";
import { images } from "../../catalog/versions.ts";
import type { Settings } from "../../settings/read.ts";

/** Custom resources of whose pods the operator takes the Secrets from here; those of all others have an account of the stack's. */
const pullSecretPaths: Readonly<Record<string, string[]>> = {
  ServiceAccount: [],
  Prometheus: ["spec"],
  Alertmanager: ["spec"],
  Jaeger: ["spec"],
  Grafana: ["spec", "deployment", "spec", "template", "spec"],
};

/**
 * Takes every image that a component and its children name from the site's registry and by its digest, and lets their pods pull with its Secrets. It is one
 * place for all objects: what a later component names is not forgotten. Releases have values of their own.
 */
export function siteImages({ registry, pullSecrets }: Settings["images"]): pulumi.ResourceTransformation {
  return ({ type, props, opts }) => {
    if (!type.startsWith("kubernetes:") || type.startsWith("kubernetes:helm.sh/")) return undefined;
    const moved = renamesImages(registry)
      ? withGrafana(withRegistry(props as object, registry), registry)
      : (props as object);
    return { props: withPullSecrets(moved, pullSecrets), opts };
  };
}

/** Names every image of a value as it is pulled: from the site's registry, and by its digest where one is recorded. */
export function withRegistry<Value>(value: Value, registry: string): Value {
  const inside = (inner: unknown): unknown => {
    if (Array.isArray(inner)) return inner.map(inside);
    if (!isPlain(inner)) return inner;
    return Object.fromEntries(
      Object.entries(inner).map(([key, each]) => [
        key,
        key === "image" && typeof each === "string" ? imageIn(registry, each) : inside(each),
      ]),
    );
  };
  return inside(value) as Value;
}

/** A Grafana's version is an image where it has more than a tag. */
function withGrafana(props: object, registry: string): object {
  if ((props as { kind?: string }).kind !== "Grafana") return props;
  return updateAt(props, ["spec", "version"], () => imageIn(registry, images.grafana)) as object;
}

function withPullSecrets(props: object, names: readonly string[]): object {
  const { kind = "" } = props as { kind?: string };
  const path = pullSecretPaths[kind] ?? podPath(kind);
  if (names.length === 0 || path === undefined) return props;
  const imagePullSecrets = names.map((name) => ({ name }));
  const add = (pod: unknown) => ({ ...(pod as object), imagePullSecrets });
  return (path.length === 0 ? add(props) : updateAt(props, path, add)) as object;
}

/** Neither an output nor a resource: these stay what they are. */
function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
