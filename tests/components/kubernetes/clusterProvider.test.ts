import assert from "node:assert/strict";
import { clusterProvider } from "../../../components/kubernetes/clusterProvider.ts";
import { registering } from "../../../review/program/runs.ts";

describe("clusterProvider", () => {
  const { KUBECONFIG: before } = process.env;
  afterEach(() => {
    if (before === undefined) delete process.env.KUBECONFIG;
    else process.env.KUBECONFIG = before;
  });

  /** A Secret or ConfigMap that was replaced would be away for its readers in between. */
  const inPlace = { enableSecretMutable: "true", enableConfigMapMutable: "true" };
  const always = { kubeconfig: "", enablePatchForce: "true", ...inPlace };

  async function inputsOf(kubeContext: string): Promise<unknown> {
    process.env.KUBECONFIG = "/home/ci/kubeconfig:/home/ci/other";
    const { registered } = await registering(() => clusterProvider(kubeContext));
    return registered.find(({ label }) => label === "kubernetes cluster")?.inputs;
  }

  it("writes no path of the machine that runs it into the state", async () => {
    assert.deepEqual(await inputsOf(""), always);
  });

  it("takes the context of the settings", async () => {
    assert.deepEqual(await inputsOf("prod"), { ...always, context: "prod" });
  });
});
