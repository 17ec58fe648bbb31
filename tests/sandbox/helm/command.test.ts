import assert from "node:assert/strict";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { helmEnvironment, helmError, runHelm, type Helm } from "../../../sandbox/helm/command.ts";
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
  const shell = (signal = new AbortController().signal): Helm => ({
    ...{ program: "/bin/sh", kubeconfig: "kubeconfig", state: folder(), signal },
  });

  it("gives values on standard input, and names the kubeconfig last", async () => {
    assert.equal(await runHelm(shell(), ["-c", 'cat; echo " $0 $1"'], "{}"), "{} --kubeconfig kubeconfig\n");
  });

  it("fails with Helm's words", async () => {
    const failing = runHelm(shell(), ["-c", "echo Error: no such chart >&2; exit 1"]);
    await assert.rejects(failing, { message: "no such chart" });
  });

  it("ends a Helm that cannot be noted: the next run would not know of it", async () => {
    writeFileSync(join(folder(), "children"), "no folder");
    const done = join(folder(), "done");
    await assert.rejects(runHelm(shell(), ["-c", `sleep 0.2; touch ${done}`]), /cannot write/);
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.equal(existsSync(done), false);
  });

  it("notes the process while it runs, for the next run to end it after a kill", async () => {
    const running = runHelm(shell(), ["-c", "sleep 0.2"]);
    assert.equal(readdirSync(join(folder(), "children")).length, 1);
    await running;
    assert.deepEqual(readdirSync(join(folder(), "children")), []);
  });

  it("asks Helm to end when the user wants to stop", async () => {
    const controller = new AbortController();
    const running = runHelm(shell(controller.signal), ["-c", "trap 'exit 1' TERM; while :; do sleep 0.05; done"]);
    setTimeout(() => {
      controller.abort();
    }, 200);
    await assert.rejects(running, { name: "Interrupted" });
  });
});
