import assert from "node:assert/strict";
import { randomSchedule, scheduleSeconds } from "./schedule.ts";

const schedules = Array.from({ length: 200 }, (_, seed) => randomSchedule(seed));
const pods = schedules.flatMap((schedule) => schedule.pods);

describe("random schedules", () => {
  it("are the same for one seed, and others for another", () => {
    assert.deepEqual(randomSchedule(7), schedules[7]);
    assert.notDeepEqual(schedules[7], schedules[8]);
  });

  it("fail one request of a hundred to one of two, and at least 400 when killed processes lose a second each", () => {
    for (const { failing } of pods) assert.ok(failing >= 0.01 && failing <= 0.5, String(failing));
    for (const { seed, pods: own } of schedules) {
      const failed = own.flatMap(({ perSecond, failing, lives }) =>
        lives.map(({ from, to }) => (to - from - 2) * perSecond * failing),
      );
      assert.ok(failed.reduce((sum, each) => sum + each, 0) >= 500, `seed ${seed}`);
    }
  });

  it("have processes one after the other, which live long enough and end both ways, and services that are new", () => {
    for (const { lives } of pods) {
      for (const [index, { from, to }] of lives.entries()) {
        assert.ok(to - from >= 15 && to <= scheduleSeconds);
        assert.ok(from >= (lives[index - 1]?.to ?? 0));
      }
      assert.equal(lives.at(-1)?.to, scheduleSeconds);
    }
    const lives = pods.flatMap((pod) => pod.lives);
    assert.deepEqual(new Set(lives.map(({ end }) => end)), new Set(["SIGTERM", "SIGKILL"]));
    assert.ok(pods.some((pod) => (pod.lives[0]?.from ?? 0) > 5));
    assert.ok(pods.some((pod) => pod.lives.length > 2));
  });
});
