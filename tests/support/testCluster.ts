import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Cluster, startCluster } from "../../sandbox/cluster/cluster.ts";
import { type KubeClient, type KubeObject, openCluster } from "../../sandbox/cluster/api/client.ts";
import { type HeldLock, lockFile } from "../../cli/lockFile.ts";
import { stopSandbox } from "../../sandbox/stop.ts";
import { type SandboxPaths, sandboxPaths } from "../../sandbox/paths.ts";
import { createReport } from "../../cli/report.ts";
import { silentReport } from "../../cli/silentReport.ts";

/** An object that a test makes. */
export interface TestObject {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; [field: string]: unknown };
  [field: string]: unknown;
}

/** A cluster of a test suite's own, and what tests do with it. */
export interface TestCluster {
  readonly paths: SandboxPaths;
  readonly cluster: Cluster;
  readonly client: KubeClient;
  apply(object: TestObject): Promise<void>;
  /** The object as it is now; undefined when there is none. */
  get(object: TestObject): Promise<KubeObject | undefined>;
}

/**
 * Starts an empty cluster in a temporary folder before the surrounding suite and stops it after. The folder goes with the
 * ports: a run that was killed leaves its cluster to the next one, which clears it away.
 *
 * @param firstPort of the ten loopback ports that it uses; each suite has its own
 */
export function testCluster(firstPort: number): () => TestCluster {
  const paths = sandboxPaths({ state: join(tmpdir(), `fluffy-observability-test-${firstPort}`), port: firstPort });
  let started: TestCluster | undefined;
  let lock: HeldLock | undefined;

  before("start a cluster", async function () {
    this.timeout(20 * 60_000); // the first time its programs are built
    const report = createReport();
    lock = await lockFile(`${paths.state}.lock`, ({ pid }) => {
      report.note(`waiting for process ${pid}, which runs these tests`);
    });
    await stopSandbox(paths, report);
    rmSync(paths.state, { recursive: true, force: true });
    const cluster = await startCluster(paths, report);
    const client = openCluster(cluster.kubeconfig);
    const ref = ({ apiVersion, kind, metadata: { name, namespace } }: TestObject) => ({
      ...{ apiVersion, kind, name },
      ...(namespace === undefined ? {} : { namespace }),
    });
    started = {
      paths,
      cluster,
      client,
      apply: (object) => client.apply(object, "test"),
      get: (object) => client.get(ref(object)),
    };
  });

  after("stop the cluster", async function () {
    this.timeout(120_000);
    await stopSandbox(paths, silentReport);
    rmSync(paths.state, { recursive: true, force: true });
    lock?.release();
  });

  return () => {
    if (started === undefined) throw new Error("the cluster is started before the first test, not earlier");
    return started;
  };
}

/** The statuses of an object's conditions by their types. */
export function conditionsOf(object: KubeObject | undefined): Record<string, string> {
  const { conditions = [] } = (object?.status ?? {}) as { conditions?: { type: string; status: string }[] };
  return Object.fromEntries(conditions.map(({ type, status }) => [type, status]));
}
