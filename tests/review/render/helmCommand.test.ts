import assert from "node:assert/strict";
import { helmEnvironment, helmError, runHelm, type Helm } from "../../../review/render/helmCommand.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

describe("helmEnvironment", () => {
  it("keeps out what could point Helm at another cluster, and keeps its caches in the state folder", () => {
    const given = {
      PATH: "/bin",
      KUBECONFIG: "/home/me/.kube/config",
      HELM_KUBECONTEXT: "prod",
      HELM_DRIVER: "memory",
    };
    assert.deepEqual(helmEnvironment(given, "/state"), {
      PATH: "/bin",
      HELM_CACHE_HOME: "/state/helm/cache",
      HELM_CONFIG_HOME: "/state/helm/config",
      HELM_DATA_HOME: "/state/helm/data",
      KUBECACHEDIR: "/state/helm/discovery",
    });
  });
});

describe("helmError", () => {
  it("is Helm's error without warnings before it", () => {
    assert.equal(helmError("WARNING: x\nError: UPGRADE FAILED: boom\n"), "UPGRADE FAILED: boom");
    assert.equal(helmError("killed"), "killed");
    assert.equal(helmError(""), "helm ended without a word");
  });
});

describe("runHelm", () => {
  const folder = temporaryFolder();
  /** A shell in Helm's place: the arguments are its script. */
  const shell = (): Helm => ({ program: "/bin/sh", kubeconfig: "kubeconfig", state: folder() });

  it("gives values on standard input, and names the kubeconfig last", async () => {
    assert.equal(await runHelm(shell(), ["-c", 'cat; echo " $0 $1"'], "{}"), "{} --kubeconfig kubeconfig\n");
  });

  it("fails with Helm's words", async () => {
    const failing = runHelm(shell(), ["-c", "echo Error: no such chart >&2; exit 1"]);
    await assert.rejects(failing, { message: "no such chart" });
  });
});
