import assert from "node:assert/strict";
import { describeChange, diffValues } from "../../../review/diff/values.ts";

const lines = (old: unknown, wanted: unknown) => diffValues(old, wanted, "").map(describeChange);

describe("diffValues", () => {
  it("names each field that differs, by its path", () => {
    const old = { kind: "A", spec: { replicas: 1, ports: [{ port: 1 }, { port: 2 }], gone: "x" } };
    const wanted = { kind: "A", spec: { replicas: 2, ports: [{ port: 1 }, { port: 3 }], added: { a: true } } };
    assert.deepEqual(lines(old, wanted), [
      'spec.added: (none) -> {"a":true}',
      'spec.gone: "x" -> (none)',
      "spec.ports[1].port: 2 -> 3",
      "spec.replicas: 1 -> 2",
    ]);
  });

  it("quotes keys that hold dots", () => {
    const object = (value: string) => ({ metadata: { annotations: { "a.b/c": value } } });
    assert.deepEqual(lines(object("1"), object("2")), ['metadata.annotations["a.b/c"]: "1" -> "2"']);
  });

  it("shows of long texts the part where they differ", () => {
    const text = (word: string) => `${"a".repeat(300)}${word}${"b".repeat(300)}`;
    const [line = ""] = lines({ json: text("ONE") }, { json: text("TWO") });
    assert.match(line, /^json: …a+ONEb+… -> …a+TWOb+…$/);
    assert.ok(line.length < 300);
  });
});
