import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { labels } from "./labels.ts";

/**
 * Registers a namespace that the stack owns, with a fixed name: Helm needs it before the release and leaves its own behind.
 *
 * @param name name of the namespace
 * @param opts its parent, and what must be there first
 * @param more labels besides the usual ones. @default none
 */
export function ownNamespace(
  name: string,
  opts: pulumi.CustomResourceOptions,
  more: Readonly<Record<string, string>> = {},
): kubernetes.core.v1.Namespace {
  return new kubernetes.core.v1.Namespace(
    name,
    { metadata: { name, labels: { ...labels({ name, component: "namespace" }), ...more } } },
    opts,
  );
}
