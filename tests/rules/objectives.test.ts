import assert from "node:assert/strict";
import { parseSettings } from "../../settings/read.ts";
import { bucketLabel, budget, shares } from "../../rules/objectives.ts";

const slo = (services: object) => parseSettings({ slo: JSON.stringify({ services }) }).slo;

describe("shares", () => {
  it("is one part without services of their own", () => {
    assert.deepEqual(shares(slo({}), "availability"), [{ matcher: 'service_name!=""', value: 0.995 }]);
  });

  it("has a part for each number, and one for the rest", () => {
    const services = { a: { availability: 0.999 }, b: { availability: 0.999 }, c: { availability: 0.99 } };
    assert.deepEqual(shares(slo(services), "availability"), [
      { matcher: 'service_name=~"a|b"', value: 0.999 },
      { matcher: 'service_name=~"c"', value: 0.99 },
      { matcher: 'service_name!~"a|b|c"', value: 0.995 },
    ]);
  });

  it("leaves out who has another number, or the same", () => {
    const services = { a: { latencySeconds: 1 }, b: { availability: 0.995 } };
    assert.equal(shares(slo(services), "availability").length, 1);
  });

  it("takes a name for what it is", () => {
    const [first] = shares(slo({ "a.b+c": { availability: 0.999 } }), "availability");
    assert.equal(first?.matcher, String.raw`service_name=~"a\\.b\\+c"`);
  });

  it("cannot be broken out of", () => {
    const [first] = shares(slo({ 'a"b': { availability: 0.999 } }), "availability");
    assert.equal(first?.matcher, String.raw`service_name=~"a\"b"`);
  });
});

describe("budget", () => {
  it("is what may fail", () => {
    assert.deepEqual([0.995, 0.999, 0.9999, 0.95].map(budget), [0.005, 0.001, 0.0001, 0.05]);
  });
});

describe("bucketLabel", () => {
  it("is written as Prometheus 3 does", () => {
    assert.deepEqual([0.005, 0.5, 1, 2.5, 10].map(bucketLabel), ["0.005", "0.5", "1.0", "2.5", "10.0"]);
  });
});
