import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { clusterFolders } from "../../../sandbox/cluster/config.ts";
import { clusterProcesses, killPrograms, runningPrograms } from "../../../sandbox/cluster/programs.ts";
import { parsePs } from "../../../cli/commandLines.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const folders = clusterFolders("/state");

const processes = [
  { pid: 1, parent: 1, command: "/sbin/init" },
  { pid: 10, parent: 1, command: `${folders.bin}/etcd --name=node0` },
  { pid: 11, parent: 1, command: `${folders.bin}/kube-apiserver --version` },
  { pid: 12, parent: 1, command: `/cache/kwokctl create cluster --config=${folders.config} --kubeconfig=` },
  { pid: 13, parent: 1, command: `tail -f ${folders.logs}/etcd.log` },
  { pid: 14, parent: 1, command: "/other/cluster/kwok/clusters/kwok/bin/etcd --name=node0" },
];

describe("clusterProcesses", () => {
  it("knows the programs and kwokctl by their paths, and nothing else that names the folder", () => {
    assert.deepEqual(
      clusterProcesses(folders, processes).map(({ pid }) => pid),
      [10, 11, 12],
    );
  });
});

describe("runningPrograms", () => {
  it("does not take a program that only prints its version for a running one", () => {
    assert.deepEqual(runningPrograms(folders, processes), new Set(["etcd"]));
  });
});

describe("killPrograms", () => {
  const folder = temporaryFolder();

  it("ends the named program, then all, and returns when they are gone", async () => {
    const own = clusterFolders(folder());
    mkdirSync(own.bin, { recursive: true });
    const children = ["etcd", "kwok-controller"].map((name) => {
      copyFileSync("/bin/sleep", join(own.bin, name));
      return spawn(join(own.bin, name), ["60"]);
    });
    await Promise.all(children.map((child) => new Promise((resolve) => child.once("spawn", resolve))));
    assert.deepEqual(runningPrograms(own), new Set(["etcd", "kwok-controller"]));
    await killPrograms(own, "kwok-controller");
    assert.deepEqual(runningPrograms(own), new Set(["etcd"]));
    await killPrograms(own);
    assert.deepEqual(clusterProcesses(own), []);
  });
});

describe("parsePs", () => {
  it("reads ids, those of the parents, and whole command lines", () => {
    assert.deepEqual(parsePs("    1     0 /sbin/launchd\n  501     1 /state/bin/etcd --name=node0  \n\n"), [
      { pid: 1, parent: 0, command: "/sbin/launchd" },
      { pid: 501, parent: 1, command: "/state/bin/etcd --name=node0" },
    ]);
  });
});
