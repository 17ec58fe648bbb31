import assert from "node:assert/strict";
import type { ReleaseRecord } from "../../../sandbox/helm/record.ts";
import { recoveryOf } from "../../../sandbox/helm/release.ts";

const records = (...statuses: string[]): ReleaseRecord[] =>
  statuses.map((status, index) => ({
    ...{ revision: index + 1, status, digest: "", values: {}, manifest: "" },
    chart: { name: "c", version: "1", appVersion: "" },
  }));

describe("recoveryOf", () => {
  const cases: [what: string, statuses: string[], expected: ReturnType<typeof recoveryOf>][] = [
    ["leaves a new release alone", [], { do: "nothing" }],
    ["leaves a deployed release alone", ["superseded", "deployed"], { do: "nothing" }],
    ["leaves a failed release to the upgrade", ["deployed", "failed"], { do: "nothing" }],
    ["removes what was being installed", ["pending-install"], { do: "uninstall" }],
    ["ends what was being uninstalled", ["uninstalling"], { do: "uninstall" }],
    ["goes back to what was deployed", ["superseded", "deployed", "pending-upgrade"], { do: "rollback", revision: 2 }],
    [
      "goes back further when a rollback was killed",
      ["superseded", "failed", "pending-rollback"],
      { do: "rollback", revision: 1 },
    ],
    ["removes what has never worked", ["failed", "pending-upgrade"], { do: "uninstall" }],
  ];
  for (const [what, statuses, expected] of cases) {
    it(what, () => {
      assert.deepEqual(recoveryOf(records(...statuses)), expected);
    });
  }
});
