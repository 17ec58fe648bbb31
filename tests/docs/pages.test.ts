import assert from "node:assert/strict";
import { platformOutputs } from "../../outputs/make.ts";
import { settingsSchema } from "../../settings/schema.ts";
import { versions } from "../../catalog/versions.ts";
import { publicOutputs } from "../../outputs/read.ts";
import { code, readProjectFile, tableUnder } from "../support/markdown.ts";
import { flattenSettings, shownValue } from "../support/settings.ts";

const pages = ["settings", "outputs", "versions"].map((page) => readProjectFile(`docs/${page}.md`)).join("\n");
const defaults = settingsSchema.parse({});

/** The first cells of a table's rows, which hold a name in backticks. */
function names(heading: string): (string | undefined)[] {
  return tableUnder(pages, heading).map(([name]) => code(name));
}

describe("README.md", () => {
  it("is read in some minutes", () => {
    assert.ok(readProjectFile("README.md").split("\n").length <= 250);
  });
});

describe("the pages of settings, outputs and versions", () => {
  it("lists every setting with its default, and no other", () => {
    const listed = tableUnder(pages, "Settings").map(([key, , value]) => [code(key), code(value)]);
    const expected = flattenSettings(defaults).map(([key, value]) => [key, shownValue(value)]);
    assert.deepEqual(listed, expected);
  });

  it("says of every setting what it does and when to change it", () => {
    assert.match(pages, /^\| Setting \| Type \| Default \| What it does \| Who changes it, or when \|$/m);
    for (const cells of tableUnder(pages, "Settings")) {
      assert.equal(cells.length, 5, cells[0]);
      assert.ok(!cells.includes(""), cells[0]);
    }
  });

  const outputs = platformOutputs(defaults, { bundles: {}, charts: {} }, {
    instrumentation: { specHash: "" },
  } as unknown as Parameters<typeof platformOutputs>[2]);

  it("lists every output, and no other", () => {
    assert.deepEqual(names("Outputs"), Object.keys(outputs));
    const exported = /export const \{([^}]*)\} = outputs/.exec(readProjectFile("index.ts"))?.[1] ?? "";
    assert.deepEqual(
      names("Outputs"),
      exported
        .split(",")
        .map((name) => name.trim())
        .filter((name) => name !== ""),
    );
  });

  it("says which outputs are public", () => {
    const listed = tableUnder(pages, "Outputs").flatMap(([name, , open]) => (open === "yes" ? [code(name)] : []));
    assert.deepEqual(listed.sort(), [...publicOutputs].sort());
  });

  it("gives for outputs the examples that the default settings make", () => {
    const examples = tableUnder(pages, "Outputs").flatMap(([name, , , example]) => {
      const output = outputs[code(name) as keyof typeof outputs];
      const given = code(example);
      return typeof output === "string" && given !== undefined ? [[given, output]] : [];
    });
    assert.ok(examples.length >= 7);
    for (const [given, output] of examples) assert.equal(given, output);
  });

  it("lists every version, and no other", () => {
    const listed = tableUnder(pages, "Versions").map(([name, , version]) => [code(name), version]);
    assert.deepEqual(listed, Object.entries(versions));
  });
});
