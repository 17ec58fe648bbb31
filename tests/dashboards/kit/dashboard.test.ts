import assert from "node:assert/strict";
import { dashboard } from "../../../dashboards/kit/dashboard.ts";
import { stat } from "../../../dashboards/kit/panels/stat.ts";
import { modelOf } from "../../support/panels.ts";

const panel = (title: string) => stat({ title, description: "Some number.", unit: "short", expr: "up", width: 12 });
const args = { uid: "some", title: "Some", description: "Some dashboard.", folder: "platform" } as const;

describe("dashboard", () => {
  it("puts rows below each other and their panels side by side", () => {
    const rows = [
      { title: "First", panels: [panel("a"), panel("b")] },
      { title: "Second", panels: [panel("c"), panel("d")] },
    ];
    const places = modelOf(dashboard({ ...args, rows })).panels.map(({ title, gridPos: { x, y } }) => [title, x, y]);
    assert.deepEqual(places, [
      ["First", 0, 0],
      ["a", 0, 1],
      ["b", 12, 1],
      ["Second", 0, 5],
      ["c", 0, 6],
      ["d", 12, 6],
    ]);
  });

  it("gives a panel a new place in the next dashboard", () => {
    const shared = panel("shared");
    const place = (rows: Parameters<typeof dashboard>[0]["rows"]) =>
      modelOf(dashboard({ ...args, rows })).panels.find(({ title }) => title === "shared")?.gridPos;
    const low = [
      { title: "First", panels: [panel("a")] },
      { title: "Second", panels: [shared] },
    ];
    const high = [{ title: "Only", panels: [shared] }];
    assert.deepEqual([place(low)?.y, place(high)?.y, place(low)?.y], [6, 1, 6]);
  });

  it("says uid, title and folder beside the model", () => {
    const { uid, title, folder } = dashboard({ ...args, rows: [] });
    assert.deepEqual([uid, title, folder], ["some", "Some", "platform"]);
  });

  it("shows its links at the top", () => {
    const { links } = modelOf(dashboard({ ...args, rows: [{ title: "Only", panels: [] }] }));
    assert.equal(links.length, 1);
    assert.ok(links.every((link) => !("placement" in link)));
  });
});
