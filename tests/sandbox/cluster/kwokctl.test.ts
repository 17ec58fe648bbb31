import assert from "node:assert/strict";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { clusterFolders } from "../../../sandbox/cluster/config.ts";
import { createCluster, lastMessage } from "../../../sandbox/cluster/kwokctl.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

describe("createCluster", () => {
  const folder = temporaryFolder();

  /** Stands for kwokctl. */
  function kwokctl(script: string) {
    const folders = clusterFolders(folder());
    mkdirSync(folders.bin, { recursive: true });
    mkdirSync(folders.logs, { recursive: true });
    const file = join(folder(), "kwokctl");
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
    return { file, folders, kubernetesVersion: "v1.36.3" };
  }

  it("hands kwokctl our configuration and keeps it from the user's kubeconfig", async () => {
    const fake = kwokctl(`test "$*" = "create cluster --config=${folder()}/cluster/kwokctl.yaml --kubeconfig="`);
    await createCluster(fake);
  });

  it("says in one line what kwokctl said last, and where the log is", async () => {
    const fake = kwokctl(`echo '{"msg":"Failed to setup config","err":"no space left"}'; exit 1`);
    await assert.rejects(createCluster(fake), {
      name: "UserError",
      message: `the cluster does not start: kwokctl could not make the cluster: Failed to setup config: no space left; see ${fake.folders.log}`,
    });
  });

  it("does not wait for kwokctl when a program has ended right after its start", async () => {
    const { bin, logs } = clusterFolders(folder());
    const fake = kwokctl(
      `cp /bin/sleep ${bin}/etcd; ${bin}/etcd 0.6; echo '{"msg":"bad data","error":"wal: crc mismatch"}' > ${logs}/etcd.log; exec sleep 60`,
    );
    await assert.rejects(createCluster(fake), {
      message: `the cluster does not start: etcd ended right after its start: bad data: wal: crc mismatch; see ${logs}/etcd.log`,
    });
  });
});

describe("lastMessage", () => {
  it("reads lines of JSON and plain ones", () => {
    assert.equal(lastMessage('{"msg":"first"}\n{"level":"ERROR","msg":"second","err":"why"}\n'), "second: why");
    assert.equal(lastMessage("E1122 first\nError: unknown flag\n"), "Error: unknown flag");
    assert.equal(lastMessage(""), "");
  });
});
