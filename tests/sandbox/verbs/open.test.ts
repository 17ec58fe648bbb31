import assert from "node:assert/strict";
import { givenDashboards } from "../../../sandbox/verbs/open.ts";

const own = (["first", "second"] as const).map(
  (uid) => ({ uid, title: uid, folder: "applications", dashboard: { uid } }) as const,
);
const object = (name: string, spec: object) => ({ metadata: { namespace: "shop", name }, spec });

describe("givenDashboards", () => {
  it("takes the stack's in their order, then those of others, and none that keeps its model elsewhere", () => {
    const objects = [
      object("gzip", { gzipJson: "H4sI" }),
      object("theirs", { json: "{}" }),
      object("b", { uid: "second", json: '{"uid":"second"}' }),
      object("configmap", { configMapRef: { name: "theirs", key: "json" } }),
      object("a", { uid: "first", json: '{"uid":"first"}' }),
    ];
    assert.deepEqual(givenDashboards(objects, own), [
      { name: "shop/a", json: '{"uid":"first"}' },
      { name: "shop/b", json: '{"uid":"second"}' },
      { name: "shop/theirs", json: "{}" },
    ]);
  });

  it("takes those of the stack's settings where Grafana has been given none", () => {
    assert.deepEqual(givenDashboards([], own), [
      { name: "first", json: '{"uid":"first"}' },
      { name: "second", json: '{"uid":"second"}' },
    ]);
  });
});
