import assert from "node:assert/strict";
import { type Flow, stackFlows } from "../../components/network/flows.ts";
import { parseSettings } from "../../components/settings.ts";
import { readProjectFile, tableUnder } from "../support/markdown.ts";
import { stackConfig } from "../support/stackConfig.ts";

const file = "docs/production.md";

describe(file, () => {
  it("has the flows of stack prod, from the table in the code", () => {
    const flows = stackFlows(parseSettings(stackConfig("prod"))).filter(({ to }) => to !== "DNS");
    assert.deepEqual(tableUnder(readProjectFile(file), "Network"), flows.map(row));
  });
});

function row({ from, to, ports, why }: Flow): string[] {
  const numbers =
    ports === "all"
      ? "all"
      : ports.map(({ port, protocol }) => `${port}${protocol === "UDP" ? "/UDP" : ""}`).join(", ");
  return [from, to, numbers, why];
}
