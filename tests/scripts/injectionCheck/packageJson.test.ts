import assert from "node:assert/strict";
import { readPackageJson } from "../../../scripts/injectionCheck/packageJson.ts";

describe("readPackageJson", () => {
  it("reads ranges, aliases and what is no range, without development dependencies", () => {
    const { packages } = readPackageJson(
      "package.json",
      JSON.stringify({
        dependencies: {
          express: "^4.0.0",
          mq: "npm:amqplib@^0.10",
          sdk: "npm:@a/b",
          local: "workspace:*",
          tag: "latest",
        },
        optionalDependencies: { pg: "*" },
        devDependencies: { mocha: "1" },
      }),
    );
    assert.deepEqual(packages, [
      { name: "express", range: "^4.0.0", direct: true },
      { name: "amqplib", range: "^0.10", direct: true },
      { name: "@a/b", range: "", direct: true },
      { name: "local", range: undefined, direct: true },
      { name: "tag", range: undefined, direct: true },
      { name: "pg", range: "*", direct: true },
    ]);
  });

  it("reads how the application starts and whether it has ES modules", () => {
    const manifestOf = (content: object) => readPackageJson("package.json", JSON.stringify(content)).manifest;
    assert.deepEqual(manifestOf({}), { esModules: false, start: undefined });
    assert.deepEqual(manifestOf({ type: "commonjs", scripts: { test: "x" } }), { esModules: false, start: undefined });
    assert.deepEqual(manifestOf({ type: "module", scripts: { start: "node a.js" } }), {
      esModules: true,
      start: "node a.js",
    });
  });

  it("says that workspaces have packages of their own", () => {
    const notesOf = (content: object) => readPackageJson("package.json", JSON.stringify(content)).notes;
    assert.equal(notesOf({}).length, 1);
    const [note] = notesOf({ workspaces: ["apps/*"] });
    assert.equal(note, "package.json has workspaces: check the package.json of each one, too");
  });

  it("says which key is of another kind", () => {
    assert.throws(() => readPackageJson("package.json", '{"dependencies": {"a": 1}}'), {
      name: "UserError",
      message: "package.json: dependencies.a: Invalid input: expected string, received number",
    });
  });
});
