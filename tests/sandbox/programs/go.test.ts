import assert from "node:assert/strict";
import { goProblem } from "../../../sandbox/programs/go.ts";

describe("goProblem", () => {
  it("has none with the needed Go or a newer one", () => {
    for (const version of ["go1.26.0", "go1.26.8", "go1.27rc1", "devel go1.28-abcdef"]) {
      assert.equal(goProblem("1.26.0", version, "local"), undefined, version);
    }
  });

  it("says what to install where there is no Go", () => {
    assert.match(
      goProblem("1.26.0") ?? "",
      /^Go is not installed, .*: install Go 1\.26\.0 or newer from https:.*PATH$/,
    );
  });

  it("says what to install where Go is too old", () => {
    assert.match(goProblem("1.26.0", "go1.24.3", "local") ?? "", /^Go 1\.24\.3 is too old .* install Go 1\.26\.0 /);
    assert.notEqual(goProblem("1.26.0", "go1.9", "auto"), undefined);
  });

  it("leaves it to a Go that fetches newer ones by itself", () => {
    assert.equal(goProblem("1.26.0", "go1.24.3", "auto"), undefined);
  });
});
