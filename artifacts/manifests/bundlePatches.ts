import type { ResourceRequirements } from "../../catalog/containerResources.ts";
import { ArtifactError } from "../artifactError.ts";
import { withoutDescriptions } from "./crdSchema.ts";
import type { ManifestObject } from "./manifest.ts";
import { type NamespaceMove, moveNamespace } from "./namespaceMove.ts";
import { type Fields, isFields, updateAt, valuesAt } from "./objectPath.ts";
import { containerPaths, podPath } from "./podTemplates.ts";
import { withoutRights } from "./restrictedPods.ts";

/** What the stack changes in a release manifest, as data: previews and golden files show it. */
export interface BundlePatches {
  /** Moves all objects and references from one namespace to another. @default every object stays where upstream has it */
  namespace?: NamespaceMove;
  /** Images to take from elsewhere: upstream's reference to the one that is pulled. @default none */
  images?: Readonly<Record<string, string>>;
  /** Secrets that pods pull images with. @default upstream's */
  pullSecrets?: readonly string[];
  /** Arguments to add to the first container of a Deployment, by the Deployment's name. @default none */
  extraArgs?: Readonly<Record<string, readonly string[]>>;
  /** Resources of the first container of a Deployment, by its name; upstream's own stay where these say nothing. @default none */
  resources?: Readonly<Record<string, ResourceRequirements>>;
  /** Whether uninstalling leaves the CRDs: deleting a CRD deletes every object of its kind. */
  crdPolicy: "keep" | "delete";
}

/** Helm's annotation for what an uninstall leaves behind. */
const resourcePolicy = "helm.sh/resource-policy";

/** caBundles that a release manifest holds only because a field had to be there: "" and a line feed. */
const placeholderBundles: readonly unknown[] = ["", "Cg=="];

const clientConfigPaths: Readonly<Record<string, string[]>> = {
  MutatingWebhookConfiguration: ["webhooks", "*", "clientConfig"],
  ValidatingWebhookConfiguration: ["webhooks", "*", "clientConfig"],
  CustomResourceDefinition: ["spec", "conversion", "webhook", "clientConfig"],
  APIService: ["spec"],
};

/**
 * Patches the objects of a release manifest. Besides what `patches` says, Namespace objects are taken out (the stack makes its
 * namespaces: a release needs its own before it starts), CRD schemas lose their descriptions, placeholder `caBundle`s are dropped,
 * folders on the node's disk get a size limit, and pods that do not say which rights they need get none (`withoutRights`).
 *
 * @param objects parsed by `parseManifest`; not changed themselves
 * @param patches what to change
 * @param source how errors name the manifest
 * @throws ArtifactError when a patch finds nothing to change: upstream changed, and the patch would silently be without effect
 */
export function patchObjects(
  objects: readonly ManifestObject[],
  patches: BundlePatches,
  source: string,
): ManifestObject[] {
  const { namespace, images = {}, pullSecrets = [], extraArgs = {}, resources = {}, crdPolicy } = patches;
  checkPatches(objects, patches, source);
  return objects
    .filter(({ kind }) => kind !== "Namespace")
    .map((object) => {
      let patched = withoutPlaceholders(object);
      if (object.kind === "CustomResourceDefinition") patched = withCrdPolicy(withoutDescriptions(patched), crdPolicy);
      if (namespace) patched = moveNamespace(patched, namespace);
      patched = withoutRights(withBoundedFolders(withPullSecrets(withImages(patched, images), pullSecrets)));
      if (object.kind !== "Deployment") return patched;
      const { name } = object.metadata;
      return withFirstContainer(patched, extraArgs[name] ?? [], resources[name]);
    });
}

/** All images that the objects' containers run or are told to run (as the value of an argument), sorted. */
export function imagesOf(objects: readonly ManifestObject[]): string[] {
  const images = new Set<string>();
  for (const object of objects) {
    for (const container of containersOf(object)) {
      for (const image of valuesAt(container, ["image"])) images.add(String(image));
      for (const arg of valuesAt(container, ["args", "*"])) {
        const image = imageArgument.exec(String(arg))?.[1];
        if (image !== undefined) images.add(image);
      }
    }
  }
  return [...images].sort();
}

/** `--flag=registry.host/path:tag`: a registry's host has a dot, and a reference a tag or digest. */
const imageArgument = /^-[^=]*=([\w-]+(?:\.[\w-]+)+(?::\d+)?\/[\w./-]+(?::[\w.-]+|@sha256:[0-9a-f]{64}))$/;

function checkPatches(objects: readonly ManifestObject[], patches: BundlePatches, source: string): void {
  const { namespace, images = {}, extraArgs = {}, resources = {} } = patches;
  if (namespace && !objects.some(({ metadata }) => metadata.namespace === namespace.from)) {
    throw new ArtifactError(`${source}: no object is in namespace "${namespace.from}", which the patches move`);
  }
  const found = imagesOf(objects);
  for (const image of Object.keys(images)) {
    if (!found.includes(image)) {
      throw new ArtifactError(`${source}: no container uses image "${image}", which the patches replace`);
    }
  }
  for (const [what, patch] of Object.entries({ arguments: extraArgs, resources })) {
    for (const name of Object.keys(patch)) {
      if (!objects.some(({ kind, metadata }) => kind === "Deployment" && metadata.name === name)) {
        throw new ArtifactError(`${source}: there is no Deployment "${name}", to which the patches add ${what}`);
      }
    }
  }
}

function containersOf(object: ManifestObject): unknown[] {
  return containerPaths(object.kind).flatMap((path) => valuesAt(object, path));
}

function withoutPlaceholders(object: ManifestObject): ManifestObject {
  const path = clientConfigPaths[object.kind];
  if (path === undefined) return object;
  return updateAt(object, [...path, "caBundle"], (bundle) =>
    placeholderBundles.includes(bundle) ? undefined : bundle,
  ) as ManifestObject;
}

/** A CRD with the annotation that makes Helm keep it, or without. */
export function withCrdPolicy(crd: ManifestObject, policy: BundlePatches["crdPolicy"]): ManifestObject {
  const annotations = {
    ...(isFields(crd.metadata.annotations) ? crd.metadata.annotations : {}),
    [resourcePolicy]: "keep",
  };
  const kept = { ...crd, metadata: { ...crd.metadata, annotations } };
  return policy === "keep"
    ? kept
    : (updateAt(kept, ["metadata", "annotations", resourcePolicy], () => undefined) as ManifestObject);
}

function withImages(object: ManifestObject, images: Readonly<Record<string, string>>): ManifestObject {
  const replace = (image: unknown) => (typeof image === "string" ? (images[image] ?? image) : image);
  const replaceArgument = (arg: unknown) => {
    const image = typeof arg === "string" ? imageArgument.exec(arg)?.[1] : undefined;
    return image === undefined ? arg : String(arg).slice(0, -image.length) + String(replace(image));
  };
  return containerPaths(object.kind).reduce<unknown>(
    (changed, path) =>
      updateAt(updateAt(changed, [...path, "image"], replace), [...path, "args", "*"], replaceArgument),
    object,
  ) as ManifestObject;
}

function withPullSecrets(object: ManifestObject, names: readonly string[]): ManifestObject {
  const path = podPath(object.kind);
  if (path === undefined || names.length === 0) return object;
  const imagePullSecrets = names.map((name) => ({ name }));
  return updateAt(object, path, (pod) => ({ ...(pod as Fields), imagePullSecrets })) as ManifestObject;
}

function withFirstContainer(
  deployment: ManifestObject,
  extraArgs: readonly string[],
  resources: ResourceRequirements = {},
): ManifestObject {
  if (extraArgs.length === 0 && Object.keys(resources).length === 0) return deployment;
  return updateAt(deployment, ["spec", "template", "spec", "containers"], (containers) => {
    if (!Array.isArray(containers)) return containers;
    const [first = {}, ...others] = containers as Fields[];
    const args = Array.isArray(first["args"]) ? (first["args"] as unknown[]) : [];
    const own = (first["resources"] ?? {}) as ResourceRequirements;
    const patched = {
      ...first,
      ...(extraArgs.length === 0 ? {} : { args: [...args, ...extraArgs] }),
      resources: {
        requests: { ...own.requests, ...resources.requests },
        limits: { ...own.limits, ...resources.limits },
      },
    };
    return [patched, ...others];
  }) as ManifestObject;
}

/** What a pod may write into a folder of its node that has no limit: one that writes more is evicted, its node is not filled. */
const folderLimit = "256Mi";

function withBoundedFolders(object: ManifestObject): ManifestObject {
  const path = podPath(object.kind);
  if (path === undefined) return object;
  return updateAt(object, [...path, "volumes", "*", "emptyDir"], (folder) => {
    const fields = isFields(folder) ? folder : {};
    return "sizeLimit" in fields ? fields : { ...fields, sizeLimit: folderLimit };
  }) as ManifestObject;
}
