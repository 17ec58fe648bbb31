import assert from "node:assert/strict";
import { z } from "zod";
import { ownConfig, SettingsError, parseConfig } from "../../settings/config.ts";

const source = {
  project: "team",
  secretKey: "tokens",
  schema: z.strictObject({
    name: z.string().min(1, "the name of the team"),
    colour: z.enum(["red", "blue"]).default("red"),
    size: z.int().min(1, "an integer from 1").default(1),
    limits: z.strictObject({ cpu: z.string().optional() }).prefault({}),
    labels: z.record(z.string().regex(/^[a-z]+$/, "small letters"), z.string()).default({}),
    routes: z.array(z.strictObject({ to: z.string() })).default([]),
    tokens: z.record(z.string(), z.string()).default({}),
  }),
};

const lines = (config: Record<string, string>): string[] => {
  try {
    parseConfig(source, config);
    return [];
  } catch (error) {
    assert.ok(error instanceof SettingsError);
    return error.message.split("\n");
  }
};

describe("parseConfig", () => {
  it("reads texts as they are and everything else as JSON, and fills in defaults", () => {
    assert.deepEqual(parseConfig(source, { name: "7", size: "3", labels: '{"a":"b"}' }), {
      name: "7",
      colour: "red",
      size: 3,
      limits: {},
      labels: { a: "b" },
      routes: [],
      tokens: {},
    });
  });

  it("says that a value is missing", () => {
    assert.deepEqual(lines({}), ["team:name is missing: must be the name of the team"]);
  });

  it("names what is not a setting at any depth, and what is", () => {
    assert.deepEqual(lines({ name: "x", Colour: "red" }), [
      "team:Colour is not a setting; allowed are: name, colour, size, limits, labels, routes, tokens",
    ]);
    assert.deepEqual(lines({ name: "x", limits: '{"memory":"1Gi"}' }), [
      "team:limits.memory is not a setting; allowed are: cpu",
    ]);
    assert.deepEqual(lines({ name: "x", routes: '[{"to":"a","from":"b"}]' }), [
      "team:routes.0.from is not a setting; allowed are: to",
    ]);
  });

  it("takes no name of JavaScript's objects for a setting", () => {
    for (const key of ["constructor", "toString"]) {
      assert.match(lines({ name: "x", [key]: "y" }).join(), new RegExp(`^team:${key} is not a setting`));
    }
  });

  it("says what a key must look like", () => {
    assert.deepEqual(lines({ name: "x", labels: '{"A":"b"}' }), ['team:labels has the key "A": must be small letters']);
  });

  it("names types as people do", () => {
    const wrong = { name: "x", size: "big", limits: "[]", labels: "1", routes: "{}" };
    assert.deepEqual(lines(wrong), [
      'team:size is "big": must be an integer from 1',
      "team:limits is []: must be an object",
      "team:labels is 1: must be an object",
      "team:routes is {}: must be a list",
    ]);
  });

  it("says that a number or a truth, where a text belongs, wants quotes", () => {
    assert.deepEqual(lines({ name: "x", limits: '{"cpu":4}', routes: '[{"to":true}]' }), [
      "team:limits.cpu is 4: must be a string, in quotes",
      "team:routes.0.to is true: must be a string, in quotes",
    ]);
  });

  it("says of a bound of the library's what the setting's own are", () => {
    assert.deepEqual(lines({ name: "x", size: "1e20" }), [
      "team:size is 100000000000000000000: must be an integer from 1",
    ]);
  });

  it("shows no value of the secret setting", () => {
    for (const tokens of ["hunter2", '["hunter2"]', '{"a":{"b":"hunter2"}}', '{"a":["hunter2"]}']) {
      assert.match(
        lines({ name: "x", tokens }).join(),
        /^team:tokens(\.a)? is \[secret\]: must be an? (object|string)$/,
      );
    }
  });
});

describe("ownConfig", () => {
  it("gives the values of the project, without its name, and leaves those of providers and others alone", () => {
    const others = { "kubernetes:context": "c", "random:x": "y", "another-team:name": "z", "a:b:c": "d" };
    assert.deepEqual(ownConfig("team-api", { "team-api:name": "x", "team-api:a:b": "c", ...others }), {
      name: "x",
      "a:b": "c",
    });
  });

  it("refuses the keys of a project whose name is nearly ours: they would be ignored", () => {
    for (const name of ["team-apo", "teamapi", "tema-api", "team-api2"]) {
      assert.throws(() => ownConfig("team-api", { [`${name}:locked`]: "true", "team-api:name": "x" }), {
        message: `${name}:locked is of project "${name}": must be team-api:…`,
      });
    }
  });
});

describe("messages", () => {
  it("show no password of a URL", () => {
    const url = "https://user:p4ss%2F@w0rd@example.org/path";
    const [line = ""] = lines({ name: "x", limits: JSON.stringify(url) });
    assert.equal(line, 'team:limits is "https://[secret]@example.org/path": must be an object');
    assert.ok(
      !lines({ name: "x", routes: JSON.stringify([url]) })
        .join()
        .includes("p4ss"),
    );
  });
});
