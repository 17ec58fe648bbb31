import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { KubeConfig } from "@kubernetes/client-node";
import { type Access, formatKubeconfig, readKubeconfig } from "../../../sandbox/cluster/access.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const access: Access = { server: "https://127.0.0.1:17489", ca: "a CA", cert: "a certificate", key: "a key" };

describe("kubeconfig", () => {
  const folder = temporaryFolder();
  const file = () => join(folder(), "kubeconfig");

  it("is read as it was written", () => {
    writeFileSync(file(), formatKubeconfig(access));
    assert.deepEqual(readKubeconfig(file()), access);
  });

  it("is what Kubernetes clients read", () => {
    const config = new KubeConfig();
    config.loadFromString(formatKubeconfig(access));
    assert.equal(config.getCurrentCluster()?.server, access.server);
    assert.equal(Buffer.from(config.getCurrentUser()?.keyData ?? "", "base64").toString(), access.key);
  });

  it("is missing when there is none, or one that the sandbox has not written", () => {
    assert.equal(readKubeconfig(file()), undefined);
    writeFileSync(file(), "clusters: []\n");
    assert.equal(readKubeconfig(file()), undefined);
  });
});
