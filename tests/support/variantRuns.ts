import assert from "node:assert/strict";
import { createTransport } from "../../sandbox/cluster/api/transport.ts";
import { allObjects, ownObjects } from "./allObjects.ts";
import { eventually } from "./eventually.ts";
import { platformSandbox } from "./platformSandbox.ts";
import type { SandboxRun } from "./sandboxRun.ts";
import { testCluster, type TestCluster } from "./testCluster.ts";

type Settings = Record<string, unknown>;

/** Variants of the platform in one cluster, one after the other. */
export interface VariantRuns {
  cluster: () => TestCluster;
  run: (verb: string, settings: Settings, ...flags: string[]) => Promise<SandboxRun>;
  /** Takes a variant up; a preview, a refresh, a preview and an up after it have nothing to change. */
  holds: (settings: Settings, ...flags: string[]) => Promise<SandboxRun["counts"]>;
  /** Destroys what there is; nothing but those objects is left then. */
  destroyed: (kept: readonly string[], settings: Settings, ...flags: string[]) => Promise<SandboxRun>;
  /** The CRDs that the cluster did not have by itself. */
  crds: () => Promise<string[]>;
}

/** To be called in a suite, which gets a cluster of its own on ten ports from the first one on. */
export function variantRuns(firstPort: number): VariantRuns {
  const cluster = testCluster(firstPort);
  const sandbox = platformSandbox(() => cluster().paths);
  const objects = () => allObjects(createTransport(cluster().cluster.kubeconfig));
  let own: readonly string[];

  before("note what the cluster holds by itself", async () => {
    own = await ownObjects(createTransport(cluster().cluster.kubeconfig));
  });

  const run: VariantRuns["run"] = async (...args) => {
    const ended = await sandbox.run(...args);
    assert.equal(ended.code, 0, ended.stderr);
    return ended;
  };
  // Without the sandbox's simulated operators of the kinds that are left.
  const left = async () => (await objects()).filter((line) => !own.includes(line) && !line.includes(" Stage /"));
  return {
    cluster,
    run,
    holds: async (settings, ...flags) => {
      const { counts } = await run("up", settings, ...flags);
      const unchanged = counts.created + counts.updated + counts.unchanged;
      for (const verb of ["preview", "refresh", "preview", "up"]) {
        const again = await run(verb, settings, ...flags);
        assert.deepEqual(again.counts, { created: 0, updated: 0, deleted: 0, unchanged, failed: 0 }, verb);
      }
      return counts;
    },
    destroyed: async (kept, settings, ...flags) => {
      const ended = await run("destroy", settings, ...flags);
      await eventually(async () => {
        assert.deepEqual(await left(), kept);
      }, 30_000);
      return ended;
    },
    crds: async () => (await left()).filter((line) => line.includes(" CustomResourceDefinition ")),
  };
}
