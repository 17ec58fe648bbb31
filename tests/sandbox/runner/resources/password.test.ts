import assert from "node:assert/strict";
import { generatePassword, recipeOf } from "../../../../sandbox/runner/resources/password.ts";

const passwords = (inputs: Record<string, unknown>) =>
  Array.from({ length: 50 }, () => generatePassword(recipeOf(inputs)));

describe("generatePassword", () => {
  it("has the length that is asked for, and is another one each time", () => {
    const made = passwords({ length: 24 });
    assert.ok(made.every((password) => password.length === 24));
    assert.equal(new Set(made).size, made.length);
  });

  it("holds only what is asked for", () => {
    for (const password of passwords({ length: 30, special: false, upper: false }))
      assert.match(password, /^[a-z0-9]+$/);
    for (const password of passwords({
      length: 30,
      lower: false,
      upper: false,
      number: false,
      overrideSpecial: "_-",
    })) {
      assert.match(password, /^[_-]+$/);
    }
  });

  it("holds at least as many of a kind as asked for, anywhere", () => {
    const made = passwords({ length: 8, minNumeric: 3, minSpecial: 2, overrideSpecial: "!" });
    for (const password of made) assert.match(password, /^(?=(.*\d){3})(?=(.*!){2}).{8}$/);
    assert.ok(
      made.some((password) => !/^\d{3}/.test(password)),
      "not always in the same place",
    );
  });
});

describe("recipeOf", () => {
  for (const inputs of [{ length: 0 }, { length: 3, minLower: 4 }, { length: 1.5 }, {}]) {
    it(`refuses ${JSON.stringify(inputs)}`, () => {
      assert.throws(() => recipeOf(inputs), {
        name: "UserError",
        message: /^length .*: must be a whole number of at least \d$/,
      });
    });
  }
});
