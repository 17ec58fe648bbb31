import assert from "node:assert/strict";
import { assertShown, shownOutput, shownOutputs, timeless } from "./shownOutput.ts";

const page = "page.md";
const printed = `before
trace 095340699da720ec3487ee7941e5a82a  2030-01-02T03:04:05.678Z  12.6 ms  2 spans
  GET /hello  server    12.6 ms  |████████████████████████████████|
after`;

describe("what a page shows of an output", () => {
  it("is found, with the command above it", () => {
    assert.ok(shownOutputs().length >= 4);
    assert.match(shownOutput("docs/services.md").command ?? "", /^kubectl /);
    assert.match(shownOutput("README.md", "npm run sandbox").text, /^resources: /);
    assert.throws(() => shownOutput("README.md"), /README\.md shows not one output/);
    assert.throws(() => shownOutput("docs/remove.md"), /docs\/remove\.md shows not one output/);
  });

  it("may differ in ids, times, durations, bars, addresses and pods", () => {
    const text = `trace ${"0".repeat(32)}  2031-11-12T13:14:15.1Z  9 µs  2 spans\n  GET /hello  server  1.20 s  |██      |`;
    assertShown({ page, text }, printed);
    assert.deepEqual(timeless("at 127.0.0.1:8000 of python-api-64d8474858-fhjjj"), [
      "at <address> of python-api-<pod>",
    ]);
  });

  it("may not differ in anything else", () => {
    const other = "trace <trace> <time> <duration> 2 spans\n  GET /other  server    9.6 ms  |█|";
    assert.throws(() => {
      assertShown({ page, text: other }, printed);
    });
    assert.throws(() => {
      assertShown({ page, text: "nothing" }, printed);
    }, /page\.md shows "nothing"/);
    assert.throws(() => {
      assertShown({ page, text: "before\nafter" }, printed);
    });
  });
});
