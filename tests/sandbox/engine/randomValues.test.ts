import assert from "node:assert/strict";
import { makeRandom } from "../../../sandbox/engine/randomValues.ts";

const password = (inputs: Record<string, unknown>) => makeRandom("random:index/randomPassword:RandomPassword", inputs);

describe("makeRandom", () => {
  it("makes a password with the official state: every kind of character is in unless switched off", () => {
    const { id, outs } = password({ length: 32, special: false });
    assert.equal(id, "none");
    assert.match(String(outs.result), /^[A-Za-z0-9]{32}$/);
    const { result, ...rest } = outs;
    assert.notEqual(result, password({ length: 32, special: false }).outs.result);
    assert.deepEqual(rest, {
      ...{ length: 32, special: false, lower: true, upper: true, numeric: true, number: true },
      ...{ minLower: 0, minNumeric: 0, minSpecial: 0, minUpper: 0 },
    });
  });

  it("puts in at least as many characters of a kind as asked for", () => {
    const inputs = { length: 6, minLower: 1, minUpper: 1, minNumeric: 2, minSpecial: 2, overrideSpecial: "!" };
    const text = String(password(inputs).outs.result);
    assert.equal(text.length, 6);
    assert.equal(text.replaceAll(/[^!]/g, "").length, 2);
    assert.match(text, /[a-z]/);
    assert.match(text, /[A-Z]/);
    assert.equal(text.replaceAll(/\D/g, "").length, 2);
  });

  it("says what cannot be", () => {
    assert.throws(
      () => password({ length: 1, minLower: 2 }),
      /^Error: length 1: must be a whole number of at least 2$/,
    );
    const none = { length: 8, lower: false, upper: false, numeric: false, special: false };
    assert.throws(() => password(none), /every kind of character is switched off/);
    assert.throws(
      () => makeRandom("random:index/randomPet:RandomPet", {}),
      /RandomPet: only RandomPassword, .* official provider/,
    );
  });

  it("makes a string, whose id is the text", () => {
    const { id, outs } = makeRandom("random:index/randomString:RandomString", { length: 8 });
    assert.equal(id, outs.result);
  });

  it("makes an id in every notation, and a UUID", () => {
    const { id, outs } = makeRandom("random:index/randomId:RandomId", { byteLength: 4, prefix: "p-" });
    const hex = Buffer.from(id, "base64url").toString("hex");
    assert.deepEqual(outs, {
      ...{ byteLength: 4, prefix: "p-", hex: `p-${hex}`, dec: `p-${String(parseInt(hex, 16))}` },
      ...{ b64Url: `p-${id}`, b64Std: `p-${Buffer.from(hex, "hex").toString("base64")}` },
    });
    const uuid = makeRandom("random:index/randomUuid:RandomUuid", {});
    assert.match(uuid.id, /^[0-9a-f]{8}-/);
    assert.deepEqual(uuid.outs, { result: uuid.id });
  });
});
