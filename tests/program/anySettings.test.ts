import assert from "node:assert/strict";
import type { ResourceValidation, ResourceValidationArgs } from "@pulumi/policy";
import { policies } from "../../policy/policies.ts";
import { runProgram } from "../../review/program/program.ts";
import { standInMirror } from "../../review/program/standInMirror.ts";
import { contentVariants, variants } from "../../review/program/variants.ts";
import { parseSettings } from "../../settings/read.ts";
import { settingsSchema } from "../../settings/schema.ts";
import { chanceSettings } from "../support/chanceSettings.ts";
import { flattenSettings } from "../support/settings.ts";
import { seededRandom } from "../support/seededRandom.ts";

/** Each goes on from another variant, since some settings are only taken together. */
const elasticsearch = {
  ...{ storage: "elasticsearch", elasticsearchUrl: "https://elasticsearch.example.org" },
  elasticsearchIndexPrefix: "prod",
};
const starts = [
  ...Object.values({ ...variants, ...contentVariants }),
  { jaegerEngine: "operator", jaeger: JSON.stringify({ ...elasticsearch, elasticsearchRetentionDays: 5 }) },
];
const drawn = Array.from({ length: 60 }, (_, index) =>
  chanceSettings(seededRandom(index + 1), starts[index % starts.length] ?? {}),
);

describe("any settings that are taken", function () {
  this.timeout(120_000);

  for (const [index, config] of drawn.entries()) {
    it(`register, and no policy has anything to say: draw ${index + 1}`, async () => {
      const shown = JSON.stringify(config);
      const artifactsMirror = await standInMirror();
      const { registered } = await runProgram({ config: { ...config, artifactsMirror } }).catch((error: unknown) =>
        assert.fail(`${String(error)} with ${shown}`),
      );
      assert.ok(registered.length > 50);
      const found = registered.flatMap(({ type, label, inputs }) =>
        policies.flatMap(({ name, validateResource }) => {
          const said: string[] = [];
          const args = { type, props: inputs } as unknown as ResourceValidationArgs;
          void (validateResource as ResourceValidation)(args, (line: string) =>
            said.push(`${label}: ${name}: ${line}`),
          );
          return said;
        }),
      );
      assert.deepEqual(found, [], shown);
    });
  }

  it("are of many kinds: nearly every setting has had another value than its default", () => {
    const defaults = new Map(flattenSettings(parseSettings({})));
    const same = flattenSettings(settingsSchema.parse({}))
      .map(([key]) => key)
      .filter((key) =>
        drawn.every((config) => {
          const value = new Map(flattenSettings(parseSettings(config))).get(key);
          return JSON.stringify(value) === JSON.stringify(defaults.get(key));
        }),
      );
    assert.deepEqual(same, ["artifactsMirror"]);
  });
});
