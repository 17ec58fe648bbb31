import assert from "node:assert/strict";
import { masking } from "../../../components/telemetry/masking.ts";
import { quoted } from "../../../components/telemetry/ottl.ts";

type Group = { context: string; statements: string[] };
const { log_statements: logs, trace_statements: traces } = masking(["one$", "two"]) as Record<string, Group[]>;

describe("masking", () => {
  it("looks into every place of a log record and of a span", () => {
    assert.deepEqual(
      [logs, traces].map((groups) => groups?.map(({ context }) => context)),
      [
        ["resource", "scope", "log"],
        ["resource", "scope", "span", "spanevent"],
      ],
    );
  });

  it("applies every pattern to each map and each text", () => {
    for (const { statements } of [...(logs ?? []), ...(traces ?? [])])
      for (const pattern of ["one$$", "two"])
        assert.ok(statements.some((each) => each.startsWith(`replace_all_patterns(attributes, "value", "${pattern}"`)));
  });
});

describe("quoted", () => {
  it("keeps backslashes and quotes, and doubles what would begin a variable", () => {
    assert.equal(quoted('a"\\s$'), '"a\\"\\\\s$$"');
  });
});
