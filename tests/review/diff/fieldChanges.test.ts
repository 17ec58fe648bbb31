import assert from "node:assert/strict";
import { describeChange } from "../../../review/diff/values.ts";
import { fieldChanges, fieldsNamed } from "../../../review/diff/fieldChanges.ts";

const lines = (old: unknown, wanted: unknown) => fieldChanges(old, wanted).map(describeChange);

describe("fieldChanges", () => {
  it("gives each field that differs, with its path", () => {
    const old = { spec: { replicas: 1, image: "a:1", gone: true } };
    const wanted = { spec: { replicas: 2, image: "a:1", "x.y/z": "new" } };
    assert.deepEqual(lines(old, wanted), [
      "spec.gone: true -> (none)",
      "spec.replicas: 1 -> 2",
      'spec["x.y/z"]: (none) -> "new"',
    ]);
  });

  it("finds an item of a list by its name, wherever it stands", () => {
    const old = { containers: [{ name: "api", image: "a:1" }] };
    const wanted = {
      containers: [
        { name: "proxy", image: "p:1" },
        { name: "api", image: "a:2" },
      ],
    };
    assert.deepEqual(lines(old, wanted), [
      'containers[api].image: "a:1" -> "a:2"',
      'containers[proxy]: (none) -> {"name":"proxy","image":"p:1"}',
    ]);
  });

  it("keeps items of one name apart", () => {
    const rule = (severity: string, expr: string) => ({ alert: "SlowRequests", severity, expr });
    assert.deepEqual(
      lines({ rules: [rule("page", "a"), rule("ticket", "b")] }, { rules: [rule("page", "a"), rule("ticket", "c")] }),
      ['rules[SlowRequests (2)].expr: "b" -> "c"'],
    );
  });

  it("compares texts in a list as a set, an image by what is before its tag", () => {
    assert.deepEqual(lines({ images: ["a:1", "b:1", "c:1"] }, { images: ["a:1", "aa:1", "b:2"] }), [
      'images[]: "b:1" -> "b:2"',
      'images[]: "c:1" -> (none)',
      'images[]: (none) -> "aa:1"',
    ]);
  });

  it("takes a script in a list for the one before, so that its lines are compared", () => {
    const [change, ...others] = fieldChanges({ command: ["sh", "-c", "a\nb"] }, { command: ["sh", "-c", "a\nc"] });
    assert.deepEqual([change, others], [{ path: "command[]", old: "a\nb", new: "a\nc" }, []]);
  });

  it("tells a number from its text", () => {
    assert.deepEqual(lines({ args: [8080, true] }, { args: ["8080", "true"] }), [
      'args[]: 8080 -> "8080"',
      'args[]: true -> "true"',
    ]);
  });

  it("sees another order", () => {
    assert.deepEqual(lines({ processors: ["memory_limiter", "batch"] }, { processors: ["batch", "memory_limiter"] }), [
      'processors (order): ["memory_limiter","batch"] -> ["batch","memory_limiter"]',
    ]);
    assert.deepEqual(lines([{ name: "a" }, { name: "b" }], [{ name: "b" }, { name: "a" }]), [
      ' (order): ["a","b"] -> ["b","a"]',
    ]);
    assert.deepEqual(lines({ args: ["a", "b"] }, { args: ["a", "new", "b"] }), ['args[]: (none) -> "new"']);
  });

  it("compares nameless items by position, and as a set when there are more or fewer of them", () => {
    const rule = (verb: string) => ({ resources: ["pods"], verbs: [verb] });
    assert.deepEqual(lines({ rules: [rule("get")] }, { rules: [rule("list")] }), [
      'rules[0].verbs[]: "get" -> (none)',
      'rules[0].verbs[]: (none) -> "list"',
    ]);
    assert.deepEqual(lines({ rules: [rule("get"), rule("list")] }, { rules: [rule("list")] }), [
      'rules[]: {"resources":["pods"],"verbs":["get"]} -> (none)',
    ]);
  });

  it("takes another type for another value", () => {
    assert.deepEqual(lines({ a: { b: 1 } }, { a: [1] }), ['a: {"b":1} -> [1]']);
  });
});

describe("fieldsNamed", () => {
  it("finds fields at every depth, under their paths", () => {
    const value = { image: "a:1", spec: { containers: [{ name: "x", image: "b:1" }], steps: [{ image: "c:1" }] } };
    assert.deepEqual(fieldsNamed("image", value), [
      { path: "image", value: "a:1" },
      { path: "spec.containers[x].image", value: "b:1" },
      { path: "spec.steps[0].image", value: "c:1" },
    ]);
  });
});
