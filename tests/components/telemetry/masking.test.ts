import assert from "node:assert/strict";
import { masking } from "../../../components/telemetry/masking.ts";
import { quoted } from "../../../components/telemetry/ottl.ts";

type Group = { context: string; conditions?: string[]; statements: string[] };
type Processors = {
  "redaction/marks": { allowed_values: string[] };
  "transform/masking": { log_statements: Group[]; trace_statements: Group[] };
};
const { "redaction/marks": marks, "transform/masking": masks } = masking(["one$", "two"]) as Processors;
const patterns = ["one$$", "two"];
const marked = 'attributes["redaction.allowed.count"] != nil';

/** Groups of a context under a condition, or under none. */
const groups = (of: Group[], context: string, condition?: string) =>
  of.filter((group) => group.context === context && group.conditions?.[0] === condition);
const starts = (of: Group[], start: (pattern: string) => string) =>
  patterns.every((pattern) => of.some(({ statements }) => statements.some((each) => each.startsWith(start(pattern)))));

describe("masking", () => {
  it("marks first, and then masks", () => {
    assert.deepEqual(Object.keys(masking(patterns)), ["redaction/marks", "transform/masking"]);
  });

  it("is nothing without a pattern", () => {
    assert.deepEqual(masking([]), {});
  });

  it("marks what any pattern matches, and every list and map", () => {
    assert.deepEqual(marks.allowed_values, [...patterns, "^(?:[\\[{]|$$)"]);
  });

  for (const [signal, of, contexts] of [
    ["a log record", masks.log_statements, ["resource", "scope", "log"]],
    ["a span", masks.trace_statements, ["resource", "scope", "span", "spanevent"]],
  ] as const)
    it(`applies every pattern to marked attributes in every place of ${signal}, and takes the mark away`, () => {
      assert.deepEqual([...new Set(of.map(({ context }) => context))], contexts);
      for (const context of contexts) {
        const found = groups(of, context, marked);
        assert.ok(starts(found, (pattern) => `replace_all_patterns(cache["flat"], "value", "${pattern}"`));
        assert.ok(starts(found, () => 'delete_key(attributes, "redaction.allowed.count")'));
      }
    });

  it("applies every pattern to a marked body, which is a list or map, and takes the mark away", () => {
    const found = groups(masks.log_statements, "log", 'attributes["redaction.body.allowed.count"] != nil');
    assert.ok(starts(found, (pattern) => `replace_all_patterns(cache["flat"], "value", "${pattern}"`));
    assert.ok(starts(found, () => 'delete_key(attributes, "redaction.body.allowed.count")'));
  });

  for (const [context, of, text, condition] of [
    ["scope", masks.log_statements, "name", undefined],
    ["scope", masks.log_statements, "version", undefined],
    ["log", masks.log_statements, "body", undefined],
    ["log", masks.log_statements, "event_name", 'event_name != ""'],
    ["log", masks.log_statements, "severity_text", undefined],
    ["span", masks.trace_statements, "name", undefined],
    ["span", masks.trace_statements, "status.message", 'status.message != ""'],
    ["span", masks.trace_statements, "trace_state", 'trace_state != ""'],
    ["spanevent", masks.trace_statements, "name", undefined],
  ] as const)
    it(`applies every pattern to the ${text} of each ${context}`, () => {
      assert.ok(starts(groups(of, context, condition), (pattern) => `replace_pattern(${text}, "${pattern}"`));
    });
});

describe("quoted", () => {
  it("keeps backslashes and quotes, and doubles what would begin a variable", () => {
    assert.equal(quoted('a"\\s$'), '"a\\"\\\\s$$"');
  });
});
