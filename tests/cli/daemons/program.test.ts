import assert from "node:assert/strict";
import { failureLine, fingerprint, type Program } from "../../../cli/daemons/program.ts";

const program: Program = {
  name: "jaeger",
  command: "/bin/jaeger",
  args: [],
  env: {},
  files: { "a.yaml": "x: 1" },
  ports: [1],
  ready: [],
  url: "",
  versions: { local: "the local Jaeger (v1.76.0)", image: "jaegertracing/jaeger:2.20.0" },
};

describe("fingerprint", () => {
  it("changes with the content of a file, not with time", () => {
    assert.equal(fingerprint(program), fingerprint(structuredClone(program)));
    assert.notEqual(fingerprint(program), fingerprint({ ...program, files: { "a.yaml": "x: 2" } }));
  });
});

describe("failureLine", () => {
  it("gives the last lines of the log", () => {
    const line = failureLine(program, "ended with code 1", "one\ntwo\n\nthree\nfour\n", "/logs/jaeger.log");
    assert.equal(line, "jaeger ended with code 1; the end of /logs/jaeger.log: two | three | four");
  });

  for (const complaint of [
    "'' has invalid keys: retry_forever",
    'err="parsing YAML: line 3: field no_such not found in type config.plain"',
    'error decoding: unknown type: "tail_sampling" for id: "tail_sampling"',
  ]) {
    it(`names both versions for a key that is not known: ${complaint.slice(0, 30)}`, () => {
      const line = failureLine(program, "ended with code 1", `start\n${complaint}\nbye`, "/l");
      assert.equal(
        line,
        "the local Jaeger (v1.76.0) does not take the live configuration, which is made for " +
          `jaegertracing/jaeger:2.20.0: ${complaint}`,
      );
    });
  }

  it("cuts long lines", () => {
    assert.ok(failureLine(program, "ended", "x".repeat(5000), "/l").length < 600);
  });
});
