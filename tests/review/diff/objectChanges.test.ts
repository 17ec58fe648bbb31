import assert from "node:assert/strict";
import type { Fields } from "../../../artifacts/manifests/objectPath.ts";
import { objectChanges } from "../../../review/diff/objectChanges.ts";
import type { StackObjects } from "../../../review/diff/reviewObjects.ts";
import { reviewText } from "../../../review/diff/reviewText.ts";

/** One component of objects by their labels, in each of the stacks. */
function inStacks(stacks: readonly string[], objects: Readonly<Record<string, Fields>>): StackObjects {
  const all = Object.entries(objects).map(([label, fields]) => ({
    component: "platform.api",
    label,
    kind: label.split(" ")[0] ?? "",
    fields,
  }));
  return new Map(stacks.map((stack) => [stack, all]));
}

const nothing = new Map();

describe("objectChanges", () => {
  it("merges what several stacks have in common, and keeps apart what they have not", () => {
    const before = inStacks(["dev", "prod"], { "Deployment api": { replicas: 1 } });
    const after = new Map([
      ...inStacks(["dev"], { "Deployment api": { replicas: 2 } }),
      ...inStacks(["prod"], { "Deployment api": { replicas: 3 } }),
    ]);
    const lines = (changes: ReturnType<typeof objectChanges>) =>
      changes.map(({ action, stacks, changes: [change] }) => [action, stacks, change?.new]);
    assert.deepEqual(lines(objectChanges(before, after)), [
      ["changed", ["dev"], 2],
      ["changed", ["prod"], 3],
    ]);
    assert.deepEqual(lines(objectChanges(before, inStacks(["dev", "prod"], { "Deployment api": { replicas: 2 } }))), [
      ["changed", ["dev", "prod"], 2],
    ]);
  });

  it("shows of a new object its images, and puts rights before the rest", () => {
    const rules = [{ apiGroups: [""], resources: ["secrets"], verbs: ["get"] }];
    const after = inStacks(["dev"], {
      "Deployment api": { spec: { containers: [{ name: "api", image: "api:1" }] } },
      "Role api": { rules },
      "Service api": { spec: {} },
    });
    assert.equal(
      reviewText(objectChanges(nothing, after)),
      `\
objects: 3 added

Images
  platform.api
    + Deployment api [dev]
        spec.containers[api].image: (none) -> "api:1"

Rights (RBAC)
  platform.api
    + Role api [dev]
        rules[]: (none) -> {"apiGroups":[""],"resources":["secrets"],"verbs":["get"]}

Other changes
  platform.api
    + Deployment api [dev]
    + Service api [dev]`,
    );
    assert.equal(
      reviewText(objectChanges(after, nothing)).split("\n").slice(0, 6).join("\n"),
      `\
objects: 3 removed

Images
  platform.api
    - Deployment api [dev]
        spec.containers[api].image: "api:1" -> (none)`,
    );
  });

  it("shows changed rights, and a new place in the order", () => {
    const objects = (verb: string, needed: string) =>
      inStacks(["dev"], {
        "ClusterRole api": { rules: [{ resources: ["pods"], verbs: [verb] }] },
        "Service api": { after: [needed] },
      });
    assert.equal(
      reviewText(objectChanges(objects("get", "Namespace a"), objects("*", "Namespace b"))),
      `\
objects: 2 changed

Rights (RBAC)
  platform.api
    ~ ClusterRole api [dev]
        rules[0].verbs[]: "get" -> (none)
        rules[0].verbs[]: (none) -> "*"

Other changes
  platform.api
    ~ Service api [dev]
        after[]: "Namespace a" -> (none)
        after[]: (none) -> "Namespace b"`,
    );
  });
});
