import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { encryptedStandIn, mergeConfig, readProject } from "../../settings/stackFile.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const where = { file: "Pulumi.dev.yaml", stack: "dev" };

describe("mergeConfig", () => {
  const merge = (schemas: Record<string, unknown>, values: Record<string, unknown>) =>
    mergeConfig("p", schemas, values, where);

  it("takes defaults only where the whole key is absent", () => {
    const schemas = { size: { type: "object", default: { a: 1, b: 2 } }, name: { type: "string", default: "x" } };
    assert.deepEqual(merge(schemas, { "p:size": { a: 3 } }), { "p:size": '{"a":3}', "p:name": "x" });
  });

  it("keeps keys that the schema does not know, for the program to refuse", () => {
    assert.deepEqual(merge({}, { "p:unknown": true }), { "p:unknown": "true" });
  });

  it("gives a value that Pulumi.yaml fixes, also of another namespace", () => {
    const fixed = { "pulumi:disable-default-providers": { value: ["kubernetes"] } };
    assert.deepEqual(merge(fixed, {}), { "pulumi:disable-default-providers": '["kubernetes"]' });
  });

  it("takes a number for text and text for a number, as the CLI does", () => {
    const schemas = { text: { type: "string" }, count: { type: "integer" }, on: { type: "boolean" } };
    const merged = merge(schemas, { "p:text": 5, "p:count": "5", "p:on": "false" });
    assert.deepEqual(merged, { "p:text": "5", "p:count": "5", "p:on": "false" });
  });

  const wrong: [what: string, schemas: Record<string, unknown>, values: Record<string, unknown>, message: string][] = [
    ["a value of another type", { a: { type: "object" } }, { "p:a": "x" }, "p:a is a string: must be of type object"],
    ["a fraction for an integer", { a: { type: "integer" } }, { "p:a": 1.5 }, "p:a is 1.5: must be of type integer"],
    [
      "a secret for an object, without showing it",
      { a: { type: "object" } },
      { "p:a": "hunter2" },
      "p:a is a string: must be of type object",
    ],
    [
      "a login, without showing it",
      { a: { type: "integer" } },
      { "p:a": "http://me:hunter2@host" },
      'p:a is "http://[secret]@host": must be of type integer',
    ],
    ["an object for text", { a: { type: "string" } }, { "p:a": {} }, "p:a is {}: must be of type string"],
    ["a missing value", { a: { type: "string" } }, {}, 'stack "dev" is missing configuration value "p:a"'],
    ["a key without namespace", {}, { a: 1 }, 'key "a" must be "p:a"'],
    [
      "an encrypted value",
      {},
      { "p:a": { inner: { secure: "v1:abc" } } },
      "p:a.inner is encrypted: only the passphrase of that stack opens it, which this command does not have: give it a plain value, for the sandbox in a file of its own by --config-file",
    ],
  ];
  for (const [what, schemas, values, message] of wrong) {
    it(`refuses ${what}`, () => {
      assert.throws(() => merge(schemas, values), { name: "UserError", message: `Pulumi.dev.yaml: ${message}` });
    });
  }
});

describe("readProject", () => {
  const folder = temporaryFolder();
  const write = (name: string, text: string) => {
    writeFileSync(join(folder(), name), text);
  };

  it("refuses the keys of a project whose name is nearly ours", () => {
    write("Pulumi.yaml", "name: team-api\n");
    write("Pulumi.dev.yaml", "config: { team-apy:locked: true, kubernetes:context: c }\n");
    assert.throws(() => readProject(folder(), "dev"), {
      message: 'team-apy:locked is of project "team-apy": must be team-api:…',
    });
  });

  it("reads project and stack", () => {
    write("Pulumi.yaml", "name: p\nmain: program.ts\nconfig: { a: { type: string, default: x } }\n");
    write("Pulumi.dev.yaml", "config: { p:b: { c: 1 } }\n");
    const program = join(folder(), "program.ts");
    const config = { "p:a": "x", "p:b": '{"c":1}' };
    const values = { "p:b": { c: 1 } };
    const definition = { name: "p", main: "program.ts", config: { a: { type: "string", default: "x" } } };
    const expected = { name: "p", folder: folder(), program, config, definition, values };
    assert.deepEqual(readProject(folder(), "dev"), expected);
  });

  it("reads another file in the stack's place", () => {
    write("Pulumi.yaml", "name: p\n");
    write("other.yaml", "config: { p:b: y }\n");
    assert.deepEqual(readProject(folder(), "dev", { configFile: join(folder(), "other.yaml") }).config, { "p:b": "y" });
  });

  it("puts something else in the place of what is encrypted, where nothing is installed", () => {
    write("Pulumi.yaml", "name: p\nconfig: { p:keys: { type: object } }\n");
    write(
      "Pulumi.dev.yaml",
      "config: { p:keys: { pager: { secure: AAAB } }, p:list: [{ secure: AAAC }, 1], p:plain: x }\n",
    );
    assert.deepEqual(readProject(folder(), "dev", { encrypted: "replace" }).config, {
      "p:keys": JSON.stringify({ pager: encryptedStandIn }),
      "p:list": JSON.stringify([encryptedStandIn, 1]),
      "p:plain": "x",
    });
    assert.throws(() => readProject(folder(), "dev"), /p:keys\.pager is encrypted/);
  });

  it("says which stacks there are", () => {
    write("Pulumi.yaml", "name: p\n");
    write("Pulumi.dev.yaml", "");
    write("Pulumi.prod.yaml", "");
    assert.throws(() => readProject(folder(), "test"), { message: /^no stack "test": .*; there are: dev, prod$/ });
  });

  it("says that there is no project, no such file, or no YAML", () => {
    assert.throws(() => readProject(join(folder(), "none"), "dev"), { message: /^no Pulumi.yaml in/ });
    write("Pulumi.yaml", "name: p\n");
    assert.throws(() => readProject(folder(), "dev", { configFile: "gone.yaml" }), {
      message: "--config-file gone.yaml: no such file",
    });
    write("Pulumi.dev.yaml", "config: [\n");
    assert.throws(() => readProject(folder(), "dev"), {
      name: "UserError",
      message: /Pulumi\.dev\.yaml is no YAML: .*$/,
    });
  });

  it("takes a file in which Pulumi has only written how secrets are encrypted", () => {
    write("Pulumi.yaml", "name: p\n");
    write("Pulumi.dev.yaml", "encryptionsalt: v1:abc\n");
    assert.deepEqual(readProject(folder(), "dev").config, {});
  });

  it("refuses settings that are no object, or have none", () => {
    write("Pulumi.yaml", "name: p\n");
    for (const [text, message] of [
      ["- a\n", /Pulumi\.dev\.yaml is a list: must be an object$/],
      ["just text\n", /Pulumi\.dev\.yaml is a string: must be an object$/],
      ["", /Pulumi\.dev\.yaml is empty: must be an object$/],
      ["encryptionsalt: v1:abc\nconfg: { p:b: y }\n", /Pulumi\.dev\.yaml: "config" is empty: must be an object/],
      ["encryptionsalt: v1:abc\nconfig:\n", /Pulumi\.dev\.yaml: "config" is empty: must be an object/],
      ["{}\n", /Pulumi\.dev\.yaml: "config" is empty: must be an object/],
      ["p:b: y\n", /Pulumi\.dev\.yaml: "config" is empty: must be an object, \{\} where nothing is set$/],
      ["config: [p:b]\n", /Pulumi\.dev\.yaml: "config" is a list: must be an object/],
    ] as const) {
      write("Pulumi.dev.yaml", text);
      assert.throws(() => readProject(folder(), "dev"), { name: "UserError", message });
    }
  });

  it("refuses an environment, which only Pulumi Cloud can open", () => {
    write("Pulumi.yaml", "name: p\n");
    write("Pulumi.dev.yaml", "environment: [shared]\n");
    assert.throws(() => readProject(folder(), "dev"), {
      message: /"environment" is read by Pulumi Cloud only/,
    });
  });
});
