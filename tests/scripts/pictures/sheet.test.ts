import assert from "node:assert/strict";
import { sheet } from "../../../scripts/pictures/sheet.ts";

describe("sheet", () => {
  it("puts three charts into a line", () => {
    const svg = sheet("Some", "A note.", ["one", "two", "three", "four"]);
    const places = [...svg.matchAll(/<g transform="translate\((\d+) (\d+)\)">/g)].map(([, x, y]) => [x, y]);
    assert.deepEqual(places, [
      ["12", "46"],
      ["424", "46"],
      ["836", "46"],
      ["12", "298"],
    ]);
    assert.match(svg, /viewBox="0 0 1248 550"/);
  });

  it("says what it is, as text", () => {
    assert.match(sheet("A < B", "& more", []), /<title>A &lt; B<\/title>[^]*&amp; more/);
  });
});
