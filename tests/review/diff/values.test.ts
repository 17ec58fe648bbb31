import assert from "node:assert/strict";
import { changeLines, describeChange, diffValues } from "../../../review/diff/values.ts";

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

describe("changeLines", () => {
  const change = (old: string, wanted: string) => changeLines({ path: "data.run", old, new: wanted });

  it("shows each line that differs in a text of several, however far apart", () => {
    const script = (...own: string[]) => [own[0], ...Array<string>(50).fill("true"), own[1], ""].join("\n");
    assert.deepEqual(change(script("a", "rm -rf a"), script("b", "rm -rf /")), [
      "data.run:",
      ...["  - a", "  + b", "  - rm -rf a", "  + rm -rf /"],
    ]);
  });

  it("shows where a long line differs, and a last line without its break", () => {
    const line = (end: string) => `first\n${"x".repeat(200)}${end}\n`;
    assert.deepEqual(change(line("1"), line("2")), ["data.run:", `  - …${"x".repeat(20)}1`, `  + …${"x".repeat(20)}2`]);
    assert.deepEqual(change("a\nb", "a\nb\n"), ["data.run:", "  - b (no line break)", "  + b"]);
  });

  it("is one line for everything else", () => {
    assert.deepEqual(change("a", "b"), ['data.run: "a" -> "b"']);
    assert.deepEqual(changeLines({ path: "a", old: undefined, new: "x\ny" }), ['a: (none) -> "x\\ny"']);
  });
});
