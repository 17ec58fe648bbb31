import assert from "node:assert/strict";
import { parseSettings } from "../../settings/read.ts";
import { code, readProjectFile, tableUnder } from "../support/markdown.ts";
import { stacks } from "../../review/program/runs.ts";
import { stackConfig } from "../../review/program/stackConfig.ts";
import { flattenSettings, shownValue } from "../support/settings.ts";

/** Where a stack is and its receivers: not what makes one environment differ from another. */
const installation = /^(kubeContext|artifactsMirror|alertSecrets|alertmanager\.(receivers|routes|deadMansSwitch))\b/;

/** The settings of a stack as the README writes them, by key. */
function stackSettings(stack: string): Map<string, string> {
  return new Map(
    flattenSettings(parseSettings(stackConfig(stack))).map(([key, value]) => [key, shownValue(value)] as const),
  );
}

describe("docs/environments.md", () => {
  it("lists every setting that an environment changes, with its values", () => {
    const settings = stacks.map(stackSettings);
    const expected = flattenSettings(parseSettings({}))
      .map(([key, value]) => [key, settings.map((stack) => stack.get(key)), shownValue(value)] as const)
      .filter(([key, values, unchanged]) => !installation.test(key) && values.some((value) => value !== unchanged))
      .map(([key, values]) => [key, ...values]);
    const listed = tableUnder(readProjectFile("docs/environments.md"), "What differs").map((row) =>
      row.slice(0, 1 + stacks.length).map(code),
    );
    assert.ok(expected.length > 10);
    assert.deepEqual(listed, expected);
  });
});
