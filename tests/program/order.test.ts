import assert from "node:assert/strict";
import type { ProgramRun, Registered } from "../../review/program/program.ts";
import { latecomers } from "../support/latecomers.ts";
import { programRun, runHolding } from "../../review/program/runs.ts";
import { variants } from "../../review/program/variants.ts";
import { type Rule, neededOrder } from "./neededOrder.ts";

describe("the order of the program", function () {
  this.slow(2000);

  const used = new Set<Rule>();
  for (const [what, config] of Object.entries(variants)) {
    it(`holds with registrations delayed at random: ${what}`, async () => {
      assert.deepEqual(violations(await programRun(config), used), []);
    });
  }

  /** What others wait for: once the resources of the table, once the namespaces. */
  const awaited: Record<string, (label: string) => boolean> = {
    "what comes before something": (label) => neededOrder.some(({ before }) => before.test(label)),
    "a namespace": (label) => label.startsWith("Namespace "),
  };
  for (const engine of ["v2", "operator"]) {
    for (const [what, isLate] of Object.entries(awaited)) {
      // What came last once comes first the other time: of two that a resource waits for, each is the last one once.
      for (const direction of [1, -1]) {
        it(`holds with ${what} as late as can be, engine ${engine}, ${direction > 0 ? "A to Z" : "Z to A"}`, async () => {
          const hold = latecomers(isLate, (a, b) => (a < b ? -direction : direction));
          assert.deepEqual(violations(await runHolding({ jaegerEngine: engine }, hold), used), []);
        });
      }
    }
  }

  it("uses every line of the table", () => {
    assert.deepEqual(
      neededOrder.filter((rule) => !used.has(rule)),
      [],
    );
  });
});

/** Every pair that the table or a place orders, and that overlapped or came the other way round. */
function violations(run: ProgramRun, used: Set<Rule>): string[] {
  return run.registered.flatMap((resource) => {
    const needed = neededOrder
      .filter(({ after }) => after.test(resource.label))
      .flatMap((rule) =>
        run.registered.filter(({ label }) => rule.before.test(label)).map((first) => ({ first, rule })),
      );
    for (const { rule } of needed) used.add(rule);
    const places = placesOf(resource);
    return [
      ...needed.map(({ first, rule }) => ({ first, because: rule.because })),
      ...run.registered
        .filter(({ label }) => places.includes(label))
        .map((first) => ({ first, because: "it is in it" })),
    ]
      .filter(({ first }) => !endedBefore(run, first, resource))
      .map(({ first, because }) => `${resource.label} did not wait for ${first.label}: ${because}`);
  });
}

/** Labels of the namespace and the folder that a resource is in. */
function placesOf({ inputs }: Registered): string[] {
  const { metadata, namespace, spec } = inputs as {
    metadata?: { namespace?: string };
    namespace?: string;
    spec?: { folderRef?: string };
  };
  const folder = spec?.folderRef ?? "";
  return [`Namespace ${namespace ?? metadata?.namespace ?? ""}`, `GrafanaFolder GrafanaFolder-${folder}`];
}

function endedBefore(run: ProgramRun, first: Registered, second: Registered): boolean {
  const [earlier, later] = [run.spans.get(first.label), run.spans.get(second.label)];
  assert.ok(earlier && later);
  return earlier.ended < later.started;
}
