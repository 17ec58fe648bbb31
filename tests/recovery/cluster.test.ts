import assert from "node:assert/strict";
import { clusterOf } from "../../recovery/cluster.ts";
import { FakePrograms } from "../support/fakePrograms.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

describe("clusterOf", () => {
  const folder = temporaryFolder();
  const kubectl = (answer: { when: string; output?: string; error?: string; code?: number }) => {
    const programs = new FakePrograms(folder(), { kubectl: [answer] });
    return { programs, cluster: (context: string) => clusterOf(`${folder()}/kubectl`, context) };
  };

  it("has the context that was named, else the current one, else none", async () => {
    const is = kubectl({ when: "current-context", output: "blue\n" }).cluster;
    assert.equal(await is("green").context(), "green");
    assert.equal(await is("").context(), "blue");
    const error = "error: current-context is not set";
    assert.equal(await kubectl({ when: "", error, code: 1 }).cluster("").context(), undefined);
  });

  it("reads of Helm's records what can be read, and asks for nothing else", async () => {
    const metadata = { name: "theirs", namespace: "ns", labels: { name: "widgets" } };
    const output = JSON.stringify({ items: [{ metadata, data: { release: "secret" } }] });
    const { programs, cluster } = kubectl({ when: "get secrets", output });
    assert.deepEqual(await cluster("").releases(), [
      { namespace: "ns", name: "widgets", revisions: [], unreadable: ["theirs"] },
    ]);
    const asked = programs.calls()[0]?.args.join(" ") ?? "";
    assert.match(asked, /--selector owner=helm --field-selector type=helm\.sh\/release\.v1 /);
  });

  it("lists by labels, and without them all but Helm's records", async () => {
    const { programs, cluster } = kubectl({ when: "get", output: `{"items":[]}` });
    await cluster("").objects({ apiVersion: "v1", kind: "Secret" });
    await cluster("").objects({ apiVersion: "v1", kind: "Secret", selector: "owner=helm" });
    const selectors = programs.calls().map(({ args }) => args[args.indexOf("--selector") + 1]);
    assert.deepEqual(selectors, ["owner!=helm", "owner=helm"]);
  });
});
