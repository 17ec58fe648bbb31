import assert from "node:assert/strict";
import { isLoopback, isSafe } from "../../artifacts/safeUrl.ts";

describe("isSafe", () => {
  const cases: Record<string, [loopback: boolean, safe: boolean]> = {
    "https://mirror.example.org": [false, true],
    "http://mirror.example.org": [false, false],
    "http://127.0.0.1:8080/x": [true, true],
    "http://127.1.2.3": [true, true],
    "http://2130706433": [true, true],
    "http://[::1]:1": [true, true],
    "http://localhost": [true, true],
    "http://localhost.example.org": [false, false],
    "http://127.0.0.1.example.org": [false, false],
    "http://127.0.0.1@example.org": [false, false],
    "ftp://127.0.0.1": [true, false],
    "file:///etc/passwd": [false, false],
  };
  for (const [url, expected] of Object.entries(cases)) {
    it(`knows ${url}`, () => {
      assert.deepEqual([isLoopback(new URL(url)), isSafe(new URL(url))], expected);
    });
  }
});
