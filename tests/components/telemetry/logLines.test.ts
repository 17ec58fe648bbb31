import assert from "node:assert/strict";
import { logLines, recordStart } from "../../../components/telemetry/logLines.ts";

const time = "2026-11-28T12:00:00.123456789Z";
const line = (text: string, tag = "F", stream = "stdout") => `${time} ${stream} ${tag} ${text}\n`;

/** The records of a file: as the receiver splits it, at the beginning of each match. */
function records(file: string): string[] {
  const starts = [...`\n${file}`.matchAll(new RegExp(recordStart, "g"))].map(({ index }) => index);
  return starts.map((start, at) =>
    `\n${file}`
      .slice(start, starts[at + 1])
      .trim()
      .replaceAll(new RegExp(`${time} std(?:out|err) [PF] ?`, "g"), ""),
  );
}

describe("recordStart", () => {
  it("tells lines apart", () => {
    assert.deepEqual(records(line("one") + line("two", "F", "stderr") + line("three")), ["one", "two", "three"]);
  });

  it("takes a traceback of Python up to its exception as one", () => {
    const traceback = [
      "Traceback (most recent call last):",
      '  File "a.py", line 1, in f',
      "    g()",
      "ValueError: no",
    ];
    const file = [line("before"), ...traceback.map((text) => line(text, "F", "stderr")), line("after")].join("");
    assert.deepEqual(records(file), ["before", traceback.join("\n"), "after"]);
  });

  it("takes a stack of Java or Node.js with what it is of", () => {
    const java = ["java.lang.IllegalStateException: no", "\tat shop.Till.pay(Till.java:1)"];
    const node = ["Error: no", "    at pay (/app/till.js:1:2)"];
    const file = [...java, ...node, "after"].map((text) => line(text)).join("");
    assert.deepEqual(records(file), [java.join("\n"), node.join("\n"), "after"]);
  });

  it("takes the pieces of a long line as one, and what is between them by another stream", () => {
    const file = line("a", "P") + line("b", "P") + line("c") + line("after");
    assert.deepEqual(records(file), ["a\nb\nc", "after"]);
  });

  it("begins with a literal, by which the search is fast", () => {
    assert.match(recordStart, /^\\n2/);
  });
});

describe("logLines", () => {
  const { log_statements: groups } = logLines(["secret"]) as {
    log_statements: { context: string; conditions?: string[]; statements: string[] }[];
  };

  it("reads the path once for each file, not for each line", () => {
    const reading = groups.filter(({ statements }) => statements.join().includes("log.file.path"));
    assert.deepEqual(
      reading.map(({ context }) => context),
      ["resource"],
    );
  });

  it("masks every line", () => {
    const masking = groups.filter(({ statements }) => statements.join().includes('replace_pattern(body, "secret"'));
    assert.equal(masking.length, 1);
    assert.equal(masking[0]?.conditions, undefined);
  });

  it("masks before it cuts: a secret in two parts would be none to its pattern", () => {
    const statements = groups.flatMap((group) => group.statements);
    const [masks, cuts] = ['replace_pattern(body, "secret"', "set(body, Substring(body, 0, 1048576"].map((begin) =>
      statements.findIndex((statement) => statement.startsWith(begin)),
    );
    assert.ok(masks !== undefined && cuts !== undefined && masks >= 0 && masks < cuts, `${masks}, ${cuts}`);
  });
});
