import assert from "node:assert/strict";
import {
  clusterEnvironment,
  clusterFolders,
  clusterPorts,
  clusterTools,
  type ClusterTools,
  kwokctlConfig,
} from "../../../sandbox/cluster/config.ts";

const folders = clusterFolders("/state");
const tools = Object.fromEntries(clusterTools.map((name) => [name, `/cache/${name}`])) as ClusterTools;

describe("clusterPorts", () => {
  it("gives every program its own of the ten ports", () => {
    const ports = Object.values(clusterPorts(20000)).flat();
    assert.equal(new Set(ports).size, ports.length);
    assert.ok(ports.every((port) => port >= 20000 && port < 20010));
    assert.equal(clusterPorts(20000)["kube-apiserver"][0], 20000);
  });
});

describe("kwokctlConfig", () => {
  const config = kwokctlConfig(folders, 20000, tools);

  it("puts every program on loopback, at the port the sandbox knows of", () => {
    assert.equal(config.options.bindAddress, "127.0.0.1");
    const options = Object.entries(config.options).filter(([name]) => name.endsWith("Port"));
    const ports = options.flatMap(([name, value]) => (name === "securePort" ? [] : [value]));
    assert.deepEqual(ports, Object.values(clusterPorts(20000)).flat());
  });

  it("takes every program from the tools, so that kwokctl downloads none", () => {
    const binaries = Object.entries(config.options).filter(([name]) => name.endsWith("Binary"));
    const used = [...binaries.map(([, file]) => file), tools.kwokctl];
    assert.deepEqual(used.sort(), Object.values(tools).sort());
  });

  it("keeps etcd's data outside the folder that is made anew at every start", () => {
    const etcd = config.componentsPatches.find(({ name }) => name === "etcd");
    assert.deepEqual(etcd?.extraArgs, [{ key: "data-dir", value: "/state/cluster/etcd", override: true }]);
    assert.ok(!folders.data.startsWith(folders.workdir));
  });

  it("switches webhooks off, and what makes a killed program's successor wait", () => {
    const args = config.componentsPatches.flatMap(({ name, extraArgs }) =>
      extraArgs.map(({ key, value }) => `${name} --${key}=${value}`),
    );
    for (const arg of [
      "kube-apiserver --disable-admission-plugins=MutatingAdmissionWebhook,ValidatingAdmissionWebhook",
      "kube-controller-manager --leader-elect=false",
      "kube-scheduler --leader-elect=false",
      "kwok-controller --node-lease-duration-seconds=0",
    ]) {
      assert.ok(args.includes(arg), arg);
    }
  });
});

describe("clusterEnvironment", () => {
  it("passes no proxy and nothing of KWOK's that the user has set", () => {
    const user = {
      PATH: "/bin",
      HOME: "/home/user",
      HTTPS_PROXY: "http://proxy",
      no_proxy: "",
      KWOK_RUNTIME: "docker",
    };
    assert.deepEqual(clusterEnvironment(user, folders, "v1.36.3"), {
      PATH: "/bin",
      HOME: "/home/user",
      TMPDIR: undefined,
      KWOK_WORKDIR: "/state/cluster/kwok",
      KWOK_KUBE_VERSION: "v1.36.3",
    });
  });
});
