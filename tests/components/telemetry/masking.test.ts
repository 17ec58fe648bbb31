import assert from "node:assert/strict";
import { masking } from "../../../components/telemetry/masking.ts";
import { quoted } from "../../../components/telemetry/ottl.ts";

type Group = { context: string; conditions?: string[]; statements: string[] };
const { log_statements: logs = [], trace_statements: traces = [] } = masking(["one$", "two"]) as Record<
  string,
  Group[]
>;
const patterns = ["one$$", "two"];

/** The groups of a context that look at every record, or at some. */
const groups = (of: Group[], context: string, some: boolean) =>
  of.filter((group) => group.context === context && (group.conditions !== undefined) === some);
const starts = (of: Group[], start: (pattern: string) => string) =>
  patterns.every((pattern) => of.some(({ statements }) => statements.some((each) => each.startsWith(start(pattern)))));

describe("masking", () => {
  for (const [signal, of, contexts] of [
    ["a log record", logs, ["resource", "scope", "log"]],
    ["a span", traces, ["resource", "scope", "span", "spanevent"]],
  ] as const) {
    it(`looks into every place of ${signal}`, () => {
      assert.deepEqual([...new Set(of.map(({ context }) => context))], contexts);
    });

    it(`applies every pattern to all attributes of ${signal}, and to what stands deeper where something does`, () => {
      for (const context of contexts) {
        assert.ok(
          starts(groups(of, context, false), (pattern) => `replace_all_patterns(attributes, "value", "${pattern}"`),
        );
        assert.ok(
          starts(groups(of, context, true), (pattern) => `replace_all_patterns(cache["flat"], "value", "${pattern}"`),
        );
      }
    });
  }

  for (const [context, of, text] of [
    ["scope", logs, "name"],
    ["scope", logs, "version"],
    ["log", logs, "body"],
    ["log", logs, "event_name"],
    ["log", logs, "severity_text"],
    ["span", traces, "name"],
    ["spanevent", traces, "name"],
  ] as const)
    it(`applies every pattern to the ${text} of each ${context}`, () => {
      assert.ok(starts(groups(of, context, false), (pattern) => `replace_pattern(${text}, "${pattern}"`));
    });

  it("applies every pattern to the message of each status that has one", () => {
    const [status] = traces.filter(({ conditions }) => conditions?.[0] === 'status.message != ""');
    assert.ok(
      starts(status === undefined ? [] : [status], (pattern) => `replace_pattern(status.message, "${pattern}"`),
    );
  });
});

describe("quoted", () => {
  it("keeps backslashes and quotes, and doubles what would begin a variable", () => {
    assert.equal(quoted('a"\\s$'), '"a\\"\\\\s$$"');
  });
});
