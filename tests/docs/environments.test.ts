import assert from "node:assert/strict";
import { load } from "js-yaml";
import { settingsSchema } from "../../components/settingsSchema.ts";
import { code, readProjectFile, tableUnder } from "../support/markdown.ts";
import { flattenSettings, shownValue } from "../support/settings.ts";

const stacks = ["dev", "staging", "prod"];

/** The settings of a stack as the README writes them, by key. */
function stackSettings(stack: string): Map<string, string> {
  const { config } = load(readProjectFile(`Pulumi.${stack}.yaml`)) as { config: Record<string, unknown> };
  const own = Object.entries(config).map(([key, value]) => [key.replace("fluffy-observability:", ""), value] as const);
  return new Map(
    flattenSettings(settingsSchema.parse(Object.fromEntries(own))).map(([key, value]) => [key, shownValue(value)]),
  );
}

describe("docs/environments.md", () => {
  it("lists every setting that an environment changes, with its values", () => {
    const settings = stacks.map(stackSettings);
    const expected = flattenSettings(settingsSchema.parse({}))
      .map(([key, value]) => [key, settings.map((stack) => stack.get(key)), shownValue(value)] as const)
      .filter(([, values, unchanged]) => values.some((value) => value !== unchanged))
      .map(([key, values]) => [key, ...values]);
    const listed = tableUnder(readProjectFile("docs/environments.md"), "What differs").map((row) =>
      row.slice(0, 1 + stacks.length).map(code),
    );
    assert.ok(expected.length > 10);
    assert.deepEqual(listed, expected);
  });
});
