import assert from "node:assert/strict";
import { withoutLogins } from "../../settings/withoutLogins.ts";

describe("withoutLogins", () => {
  const shown: readonly [text: string, shown: string][] = [
    ["https://me:secret@host/path", "https://[secret]@host/path"],
    ["https://token@host", "https://[secret]@host"],
    ["https://me:a/b@c\nd@host:443", "https://[secret]@host:443"],
    ["me:secret@host:4317", "[secret]@host:4317"],
    ['{"url": "https://me:secret@host', '{"url": "https://[secret]@host'],
    ["https://host/path", "https://host/path"],
    ["host:4317", "host:4317"],
    ["team@example.org", "team@example.org"],
  ];
  for (const [text, expected] of shown) {
    it(`shows ${JSON.stringify(expected)}`, () => {
      assert.equal(withoutLogins(text), expected);
    });
  }
});
