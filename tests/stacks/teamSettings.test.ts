import assert from "node:assert/strict";
import { load } from "js-yaml";
import { parseTeamSettings, teamSettingsSchema } from "../../stacks/team-api/teamSettings.ts";
import { readProjectFile } from "../support/markdown.ts";

interface Field {
  type: string;
  default?: unknown;
  description?: string;
}

describe("the settings of team-api", () => {
  const { config } = load(readProjectFile("stacks/team-api/Pulumi.yaml")) as { config: Record<string, Field> };

  it("have the keys, the types and the defaults of its Pulumi.yaml, in the same order", () => {
    assert.deepEqual(Object.keys(config), Object.keys(teamSettingsSchema.shape));
    const defaults = Object.entries(config).flatMap(([key, field]) =>
      field.default === undefined ? [] : [[key, field.default] as const],
    );
    const settings = parseTeamSettings({});
    assert.deepEqual(Object.fromEntries(defaults), settings);
    for (const [key, { type, description }] of Object.entries(config)) {
      const value = settings[key as keyof typeof settings];
      assert.equal(type, typeof value === "number" ? "integer" : typeof value, key);
      assert.match(description ?? "", /^[A-Z].{15,}\.$/, key);
    }
  });

  it("need nothing", () => {
    assert.ok(Object.values(config).every((field) => field.default !== undefined));
    assert.equal(parseTeamSettings({}).platformStack, "");
  });

  it("hold for the stack dev", () => {
    const { config: values } = load(readProjectFile("stacks/team-api/Pulumi.dev.yaml")) as {
      config: Record<string, string>;
    };
    assert.deepEqual(values, {});
  });

  const wrong: [config: Record<string, string>, message: RegExp][] = [
    [
      { platformStack: "dev" },
      /^team-api:platformStack is "dev": must be empty, or organization\/project\/stack such as /,
    ],
    [{ replicas: "0" }, /^team-api:replicas is 0: must be an integer from 1 to 100$/],
    [
      { replicas: "5", maxReplicas: "3" },
      /^team-api:maxReplicas is 3: must be replicas \(5\) or more, or left out for no autoscaler$/,
    ],
    [{ image: "" }, /^team-api:image is "": must be the name of an image$/],
    [{ replica: "2" }, /^team-api:replica is not a setting; allowed are: platformStack, kubeContext, /],
  ];
  for (const [given, message] of wrong) {
    it(`refuse ${JSON.stringify(given)} in one line`, () => {
      assert.throws(() => parseTeamSettings(given), { message });
    });
  }
});
