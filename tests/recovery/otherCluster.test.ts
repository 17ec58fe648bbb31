import assert from "node:assert/strict";
import type { ResourceState } from "../../recovery/deployment.ts";
import { refuseOtherCluster } from "../../recovery/otherCluster.ts";

describe("refuseOtherCluster", () => {
  const namespace = (name: string): ResourceState => ({
    ...{ urn: `urn::${name}`, type: "kubernetes:core/v1:Namespace" },
    inputs: { apiVersion: "v1", kind: "Namespace", metadata: { name } },
  });
  const check = (resources: ResourceState[], there: string[], going: ResourceState[] = []) => {
    const pending_operations = going.map((resource) => ({ type: "deleting" as const, resource }));
    return refuseOtherCluster({ version: 3, deployment: { resources, pending_operations } }, "dev", {
      object: ({ name }) => Promise.resolve(there.includes(name) ? { metadata: { name } } : undefined),
    });
  };

  it("refuses one that has none of the state's namespaces", async () => {
    await assert.rejects(check([namespace("one"), namespace("two")], ["others"]), {
      name: "UserError",
      message:
        'the cluster has none of the namespaces that stack dev has (one, two): set kubeContext, or, where they are gone, run "pulumi refresh --stack dev"',
    });
  });

  it("takes one that has any, and a state without namespaces, or whose last was being deleted", async () => {
    await check([namespace("one"), namespace("two")], ["two"]);
    await check([], []);
    await check([namespace("one")], [], [namespace("one")]);
  });
});
