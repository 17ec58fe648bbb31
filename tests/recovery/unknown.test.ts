import assert from "node:assert/strict";
import type { FoundRelease, LiveObject } from "../../recovery/cluster.ts";
import { planUnknown } from "../../recovery/unknown.ts";

const resource = (type: string, inputs: Record<string, unknown>) => ({ urn: `urn::p::${type}::x`, type, inputs });
const namespace = resource("kubernetes:core/v1:Namespace", {
  ...{ apiVersion: "v1", kind: "Namespace", metadata: { name: "ns" } },
});
const map = resource("kubernetes:core/v1:ConfigMap", {
  ...{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "known", namespace: "ns" } },
});
const release = resource("kubernetes:helm.sh/v3:Release", { namespace: "ns", name: "known" });
const state = { version: 3, deployment: { resources: [namespace, map, release] } };
const ours = "Pulumi stack p/dev";

function found(name: string, namespace: string, ...descriptions: string[]): FoundRelease {
  const revisions = descriptions.map((description, index) => ({
    secret: { metadata: { name: `${name}.v${index + 1}` } },
    ...{ revision: index + 1, status: "deployed", description, chart: { name, version: "1.0.0" } },
  }));
  return { namespace, name, revisions, unreadable: [] };
}

const plan = (releases: FoundRelease[], objects: LiveObject[] = []) =>
  planUnknown(state, ours, releases, { objects: () => Promise.resolve(objects) });

describe("planUnknown", () => {
  it("does nothing about what the state knows", async () => {
    assert.deepEqual(await plan([found("known", "ns", ours)]), { lines: [], records: [], reports: [] });
  });

  it("takes the records of a release away that says that it is of this stack, whatever its last revision says", async () => {
    const { lines, records } = await plan([found("lost", "ns", ours, "Rollback to 1")]);
    assert.match(lines.join("\n"), /^release ns\/lost: of this stack/);
    // The one that says whose it is goes last.
    assert.deepEqual(records, [
      { namespace: "ns", secret: "lost.v2" },
      { namespace: "ns", secret: "lost.v1" },
    ]);
  });

  it("only tells of one that does not say so, or says that it is another stack's", async () => {
    const { lines, records, reports } = await plan([
      found("silent", "ns", "Install complete"),
      found("others", "ns", "Pulumi stack p/prod"),
    ]);
    assert.deepEqual([lines, records], [[], []]);
    assert.deepEqual(
      reports.map((line) => line.split(":")[0]),
      ["release ns/silent", "release ns/others"],
    );
  });

  it("leaves one of the same stack's name alone where the state has not even its namespace, and others unsaid", async () => {
    const { records, reports } = await plan([found("same", "elsewhere", ours), found("any", "elsewhere", "mine")]);
    assert.deepEqual(records, []);
    assert.equal(reports.length, 1);
    assert.match(reports[0] ?? "", /^release elsewhere\/same: left alone/);
  });

  it("only names Secrets that are no records of Helm that can be read", async () => {
    const broken = { ...found("broken", "ns"), unreadable: ["theirs"] };
    assert.deepEqual(await plan([broken]), {
      ...{ lines: [], records: [] },
      reports: ["Secret ns/theirs: left alone: it is no record of Helm that can be read"],
    });
  });

  it("leaves a release alone of which one record cannot be read", async () => {
    const torn = { ...found("torn", "ns", ours), unreadable: ["torn.v2"] };
    const { lines, records, reports } = await plan([torn]);
    assert.deepEqual([lines, records, reports.length], [[], [], 1]);
  });

  it("only tells of objects that Pulumi made in the stack's namespaces", async () => {
    const object = (name: string, namespace: string, manager: string): LiveObject => ({
      metadata: { name, namespace, managedFields: [{ manager, operation: "Apply" }] },
    });
    const { lines, records, reports } = await plan(
      [],
      [
        ...[object("known", "ns", "pulumi-kubernetes-1"), object("lost", "ns", "pulumi-kubernetes-2")],
        ...[object("theirs", "ns", "kubectl"), object("far", "elsewhere", "pulumi-kubernetes-3")],
      ],
    );
    assert.deepEqual([lines, records], [[], []]);
    assert.deepEqual(
      reports.map((line) => line.split(":")[0]),
      ["v1 ConfigMap ns/lost"],
    );
  });
});
