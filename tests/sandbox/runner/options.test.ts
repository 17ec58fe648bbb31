import assert from "node:assert/strict";
import type * as pulumi from "@pulumi/pulumi";
import { OptionsRecorder } from "../../../sandbox/runner/options.ts";

describe("OptionsRecorder", () => {
  const resource = () => Object.create(null) as pulumi.Resource;

  it("knows a resource's parent and time limits", () => {
    const options = new OptionsRecorder();
    const [parent, child] = [resource(), resource()];
    options.record({ resource: parent, type: "a:b:Parent", name: "p", props: {}, opts: {} });
    const opts = { parent, customTimeouts: { create: "5m", delete: "1m" } };
    options.record({ resource: child, type: "a:b:Child", name: "c", props: {}, opts });
    const timeouts = { create: "5m" };
    assert.deepEqual(options.of({ type: "a:b:Child", name: "c" }), { parent: "a:b:Parent p", timeouts });
    assert.deepEqual(options.of({ type: "a:b:Parent", name: "p" }), { parent: "", timeouts: {} });
  });

  it("knows nothing of a resource that it has not seen", () => {
    assert.deepEqual(new OptionsRecorder().of({ type: "t", name: "n" }), { parent: "", timeouts: {} });
  });
});
