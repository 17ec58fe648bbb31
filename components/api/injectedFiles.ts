import { createHash } from "node:crypto";
import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { labels } from "../../catalog/labels.ts";

/** The files that the injection needs in the container: a ConfigMap, and what of it goes where. */
export interface InjectedFiles {
  readonly configMap: kubernetes.core.v1.ConfigMap;
  readonly items: readonly { key: string; path: string }[];
}

/**
 * Makes the ConfigMap of an API's files. Their content is in its name: a pod keeps those that it was made with, and others make
 * new pods.
 *
 * @param logicalName name of the resource in its stack
 * @param files content by path in the container's folder
 * @returns undefined where no file is needed
 */
export function injectedFiles(
  logicalName: string,
  { name, namespace }: { readonly name: string; readonly namespace: string },
  files: Readonly<Record<string, string>>,
  opts: pulumi.CustomResourceOptions,
): InjectedFiles | undefined {
  // A key has no slash.
  const items = Object.keys(files).map((path) => ({ key: path.replaceAll("/", "-"), path }));
  if (items.length === 0) return undefined;
  const data = Object.fromEntries(items.map(({ key, path }) => [key, files[path] ?? ""]));
  const hash = createHash("sha256").update(JSON.stringify(data)).digest("hex").slice(0, 8);
  const configMap = new kubernetes.core.v1.ConfigMap(
    logicalName,
    {
      metadata: { name: `${name}-injection-${hash}`, namespace, labels: labels({ name, component: "api" }) },
      data,
      immutable: true,
    },
    opts,
  );
  return { configMap, items };
}
