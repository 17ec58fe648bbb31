import assert from "node:assert/strict";
import { setImmediate as turn } from "node:timers/promises";
import { Slots } from "../../../sandbox/programs/slots.ts";

describe("Slots", () => {
  it("let so many run at once, the others in their order, whatever fails", async () => {
    const slots = new Slots(2);
    const started: number[] = [];
    const ends: ((error?: Error) => void)[] = [];
    const works = [0, 1, 2, 3].map((each) =>
      slots.use(() => {
        started.push(each);
        return new Promise<number>((resolve, reject) => {
          ends[each] = (error) => {
            if (error === undefined) resolve(each);
            else reject(error);
          };
        });
      }),
    );
    await turn();
    assert.deepEqual(started, [0, 1]);
    ends[1]?.(new Error("failed"));
    await assert.rejects(works[1] ?? assert.fail(), /failed/);
    await turn();
    assert.deepEqual(started, [0, 1, 2]);
    ends[2]?.();
    await turn();
    assert.deepEqual(started, [0, 1, 2, 3]);
    ends[0]?.();
    ends[3]?.();
    assert.deepEqual(await Promise.all([works[0], works[2], works[3]]), [0, 2, 3]);
  });
});
