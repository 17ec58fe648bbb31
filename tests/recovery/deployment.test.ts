import assert from "node:assert/strict";
import { editedState, nameOf, type ResourceState } from "../../recovery/deployment.ts";

describe("nameOf", () => {
  it("is the type without its parents', and the name", () => {
    const urn = "urn:pulumi:dev::p::p:index:Team$kubernetes:core/v1:Namespace::a::b";
    assert.equal(nameOf(urn), "kubernetes:core/v1:Namespace a::b");
  });
});

describe("editedState", () => {
  const resource = (urn: string, more: Partial<ResourceState> = {}): ResourceState => ({ urn, type: "t", ...more });
  /** The resources that are there after an edit. */
  const edited = (
    resources: ResourceState[],
    edit: Partial<Record<"add" | "unfinished" | "remove", ResourceState[]>>,
  ) =>
    editedState({ version: 3, deployment: { resources } }, { add: [], unfinished: [], remove: [], why: "why", ...edit })
      .deployment.resources;

  it("marks the one of a URN that was worked on, also where its operation has no id yet", () => {
    const [made, old] = [resource("a", { id: "2" }), resource("a", { id: "1", delete: true })];
    const marked = { ...made, initErrors: ["why"] };
    assert.deepEqual(edited([made, old], { unfinished: [resource("a")] }), [marked, old]);
    assert.deepEqual(edited([made, old], { unfinished: [made] }), [marked, old]);
    assert.deepEqual(edited([made, old], { unfinished: [old] }), [made, { ...old, initErrors: ["why"] }]);
  });

  it("puts a replacement in the place of the one that is deleted, before what depends on it", () => {
    const gone = resource("a", { id: "1", pendingReplacement: true });
    const dependent = resource("b", { dependencies: ["a"] });
    const made = resource("a", { id: "2" });
    assert.deepEqual(edited([gone, dependent], { add: [made] }), [{ ...made, initErrors: ["why"] }, dependent]);
  });

  it("keeps the place of one that is deleted while others depend on it", () => {
    const gone = resource("a", { id: "1" });
    for (const dependency of [
      { parent: "a" },
      { deletedWith: "a" },
      { dependencies: ["a"] },
      { propertyDependencies: { spec: ["a"] } },
    ]) {
      const dependent = resource("b", dependency);
      const kept = [{ ...gone, pendingReplacement: true }, dependent];
      assert.deepEqual(edited([gone, dependent], { remove: [gone] }), kept);
    }
    assert.deepEqual(edited([gone, resource("b")], { remove: [gone] }), [resource("b")]);
  });
});
