import assert from "node:assert/strict";
import { stackRun } from "../../review/program/runs.ts";
import { defaultFirstPort } from "../../sandbox/paths.ts";
import { closingLines } from "../../sandbox/summary.ts";
import { commandsUnder } from "../support/docsCommands.ts";
import { shownOutput } from "../support/shownOutput.ts";

describe("README.md", () => {
  it("shows the closing lines of its first command", async () => {
    const [first = ""] = commandsUnder("README.md", "Two commands");
    const { text } = shownOutput("README.md", first);
    const { registered } = await stackRun("dev");
    const [, kubeconfig = ""] = /, kubeconfig (\/.*\/\.sandbox\/kubeconfig)$/m.exec(text) ?? [];
    const cluster = { server: `https://127.0.0.1:${defaultFirstPort}`, kubeconfig };
    assert.equal(text, closingLines(`${registered.length} created`, cluster, []).join("\n"));
  });
});
