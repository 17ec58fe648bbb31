import assert from "node:assert/strict";
import { parseSettings } from "../../settings/read.ts";
import { ownObjectives } from "../../rules/ownObjectives.ts";
import { platformRules } from "../../rules/index.ts";
import { promtool } from "../../review/rules/promtool.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { evaluate, livedParts, ownPromise } from "./life/evaluation.ts";
import { livedThrough } from "./life/life.ts";

/** A day of traffic before anything happens, and a day of incidents. */
const days = 2.5;

describe("a day of twenty made-up services", () => {
  const folder = temporaryFolder();

  it("is told as it was: every incident in time, nothing else", async function () {
    this.timeout("20m");
    // Always the same day here; `npm run verify -- alerts` lives through others.
    const seed = Number(process.env.SEED ?? 1);
    console.log(`      SEED=${seed}`);
    const rules = platformRules(
      parseSettings({ prometheus: '{"replicas": 2}', alertmanager: '{"replicas": 3}', ...livedParts }),
    );
    const life = livedThrough(seed, days);
    const judgement = await evaluate(await promtool(), folder(), life, {
      platform: rules.platform,
      services: [...ownObjectives(ownPromise), ...rules.services],
    });
    const due = judgement.kinds.reduce((sum, kind) => sum + kind.due, 0);
    console.log(`      ${life.incidents.length} incidents, ${due} of them to be told`);
    assert.ok(due > 10);
    assert.deepEqual(judgement.missed, []);
    assert.deepEqual(judgement.falseAlarms, { critical: [], warning: [] });
    assert.deepEqual(judgement.flapping, []);
  });
});
