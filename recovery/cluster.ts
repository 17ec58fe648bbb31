import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { UserError } from "../cli/errors.ts";
import { runCommand } from "./command.ts";
import type { KubeRef, ReleaseRef } from "./deployment.ts";
import { readRecords, type RecordSecret, type Revision } from "./helmRecords.ts";

/** What recovery asks of the cluster and does in it. */
export interface Cluster {
  /** All releases, each with the revisions that Helm knows, oldest first. */
  releases: () => Promise<FoundRelease[]>;
  /** An object as it is; undefined when there is none. */
  object: (ref: KubeRef) => Promise<LiveObject | undefined>;
  /** The objects of a kind in all namespaces. */
  objects: (kind: ListedKind) => Promise<LiveObject[]>;
  change: (change: RecordChange) => Promise<void>;
  /** Name of the context; undefined where the kubeconfig has no current one, as in a pod. */
  context: () => Promise<string | undefined>;
}

/** Which objects are listed. */
export interface ListedKind extends Pick<KubeRef, "apiVersion" | "kind"> {
  /** Of labels. @default - all but Helm's records, which are secrets as well */
  selector?: string;
}

/** A release as Helm knows it. */
export interface FoundRelease extends ReleaseRef {
  revisions: Revision[];
  /** Secrets in its namespace that say to be its records, and cannot be read. */
  unreadable: string[];
}

/** An object, as far as it is looked at. */
export interface LiveObject {
  metadata: {
    name: string;
    namespace?: string;
    managedFields?: { manager: string; operation: string }[];
  };
}

/** Whose name the provider has applied the object's fields under; undefined when it did not make it. */
export function pulumiManager({ metadata: { managedFields = [] } }: LiveObject): string | undefined {
  return managedFields.find(
    ({ manager, operation }) => operation === "Apply" && manager.startsWith("pulumi-kubernetes"),
  )?.manager;
}

/** A change to a record of Helm; without a patch it is taken away. */
export interface RecordChange {
  namespace: string;
  secret: string;
  patch?: object;
}

interface ListedSecret extends RecordSecret {
  metadata: RecordSecret["metadata"] & { namespace: string };
}

/**
 * The cluster as kubectl reaches it.
 *
 * @param kubectl path, or name on PATH
 * @param context of the kubeconfig; "" is the current one
 */
export function clusterOf(kubectl: string, context: string): Cluster {
  const run = (...args: string[]) => runCommand(kubectl, context === "" ? args : ["--context", context, ...args]);
  /** Nothing where there is no such object, or not even its kind. */
  const get = async (...args: string[]): Promise<unknown> => {
    try {
      const text = await run("get", ...args, "--ignore-not-found", "--show-managed-fields", "--output", "json");
      return text === "" ? undefined : (JSON.parse(text) as unknown);
    } catch (error) {
      if (error instanceof UserError && /have a resource type|could not find the requested/.test(error.message)) {
        return undefined;
      }
      throw error;
    }
  };
  return {
    context: async () => {
      if (context !== "") return context;
      try {
        return (await run("config", "current-context")).trim();
      } catch (error) {
        if (error instanceof UserError && error.message.includes("current-context is not set")) return undefined;
        throw error;
      }
    },
    releases: async () => {
      const ofHelm = ["--selector", "owner=helm", "--field-selector", "type=helm.sh/release.v1"];
      const list = (await get("secrets", "--all-namespaces", ...ofHelm)) as { items: ListedSecret[] } | undefined;
      const byRelease = new Map<string, ReleaseRef & { secrets: RecordSecret[] }>();
      for (const secret of list?.items ?? []) {
        const { namespace, labels } = secret.metadata;
        const name = labels?.name ?? "";
        const found = byRelease.get(`${namespace}/${name}`) ?? { namespace, name, secrets: [] };
        byRelease.set(`${namespace}/${name}`, found);
        found.secrets.push(secret);
      }
      return [...byRelease.values()].map(({ secrets, ...release }) => ({ ...release, ...readRecords(secrets) }));
    },
    object: async (ref) =>
      (await get(kindOf(ref), ref.name, ...(ref.namespace === undefined ? [] : ["--namespace", ref.namespace]))) as
        LiveObject | undefined,
    objects: async ({ selector = "owner!=helm", ...kind }) => {
      const list = (await get(kindOf(kind), "--all-namespaces", "--selector", selector)) as
        { items: LiveObject[] } | undefined;
      return list?.items ?? [];
    },
    change: async ({ namespace, secret, patch }) => {
      const where = ["secret", secret, "--namespace", namespace];
      if (patch === undefined) {
        await run("delete", ...where);
        return;
      }
      // A record takes up to a mebibyte: too much for an argument. Nobody else can read such a folder.
      const folder = mkdtempSync(path.join(tmpdir(), "fluffy-observability-record-"));
      try {
        const file = path.join(folder, "patch.json");
        writeFileSync(file, JSON.stringify(patch));
        await run("patch", ...where, "--type", "merge", "--patch-file", file);
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  };
}

/** As kubectl wants it: the kind with version and group. */
function kindOf({ apiVersion, kind }: Pick<KubeRef, "apiVersion" | "kind">): string {
  const [group, version] = apiVersion.includes("/") ? apiVersion.split("/") : ["", apiVersion];
  return `${kind}.${version ?? ""}.${group ?? ""}`;
}
