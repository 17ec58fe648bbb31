import { mirror } from "../../review/program/mirror.ts";

/** Says after the surrounding suite how many of its tests ran against stand-ins: scripts/test.ts adds these lines up. */
export function countStandIns(): void {
  after(function () {
    if (mirror !== undefined) return;
    let count = 0;
    this.test?.parent?.eachTest(() => (count += 1));
    console.log(`    ${count} tests ran against stand-ins`);
  });
}
