import assert from "node:assert/strict";
import { nextPort } from "../../../review/injection/port.ts";

describe("nextPort", () => {
  it("gives each of many callers at one time a port of its own", async () => {
    const ports = await Promise.all(Array.from({ length: 20 }, nextPort));
    assert.equal(new Set(ports).size, 20);
  });
});
