import assert from "node:assert/strict";
import { z } from "zod";
import { parseJson, parseToml } from "../../../scripts/injectionCheck/parsedFile.ts";

const schema = z.looseObject({ a: z.looseObject({ b: z.number() }) });
const expected = (message: string) => ({ name: "UserError", message });

describe("parseToml", () => {
  it("gives what the schema describes", () => {
    assert.deepEqual(parseToml("x", "[a]\r\nb = 1\r\n", schema), { a: { b: 1 } });
  });

  it("says in one line where the syntax is wrong, or which key", () => {
    assert.throws(
      () => parseToml("x", "[a]\nb = \n", schema),
      expected("x line 2 column 5: Invalid TOML document: invalid value"),
    );
    assert.throws(
      () => parseToml("x", "[a]\nb = 'c'\n", schema),
      expected("x: a.b: Invalid input: expected number, received string"),
    );
  });
});

describe("parseJson", () => {
  it("gives what the schema describes", () => {
    assert.deepEqual(parseJson("x", '{"a": {"b": 1}}', schema), { a: { b: 1 } });
  });

  it("says in one line where the syntax is wrong, or which key", () => {
    assert.throws(() => parseJson("x", '{"a":\n1,}', schema), {
      name: "UserError",
      message: /^x: is no JSON: .* \(line 2 column 3\)$/,
    });
    assert.throws(() => parseJson("x", "", schema), expected("x: is no JSON: Unexpected end of JSON input"));
    assert.throws(() => parseJson("x", "null", schema), expected("x: Invalid input: expected object, received null"));
  });
});
