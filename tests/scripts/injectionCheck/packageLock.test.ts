import assert from "node:assert/strict";
import { readPackageLock } from "../../../scripts/injectionCheck/packageLock.ts";

function packagesOf(lock: object) {
  return readPackageLock("package-lock.json", JSON.stringify(lock)).packages;
}

const packages = {
  "": { name: "shop", dependencies: { express: "^4", mq: "npm:amqplib@1" }, devDependencies: { mocha: "^10" } },
  "packages/a": {
    name: "@shop/a",
    version: "1.0.0",
    dependencies: { redis: "^4" },
    optionalDependencies: { pg: "^8" },
  },
  "node_modules/@shop/a": { resolved: "packages/a", link: true },
  "node_modules/express": { version: "4.21.0", dependencies: { pg: "7" } },
  "node_modules/express/node_modules/pg": { version: "7.0.0" },
  "node_modules/koa/node_modules/pg": { version: "7.0.0" },
  "node_modules/mocha": { version: "10.0.0", dev: true },
  "node_modules/mq": { name: "amqplib", version: "0.10.4" },
  "node_modules/pg": { version: "8.11.0" },
  "node_modules/x": { version: "git+ssh://git@example.invalid/x.git#00" },
  "packages/a/node_modules/redis": { version: "4.6.0" },
  "packages/a/node_modules/redis/node_modules/amqplib": { version: "0.10.4" },
};

describe("readPackageLock", () => {
  it("reads versions 2 and 3: each version once, aliases by their true name, no workspace and no development dependency", () => {
    for (const lockfileVersion of [2, 3]) {
      assert.deepEqual(packagesOf({ lockfileVersion, packages, dependencies: { ignored: { version: "1.0.0" } } }), [
        { name: "amqplib", version: "0.10.4", direct: true },
        { name: "express", version: "4.21.0", direct: true },
        { name: "pg", version: "7.0.0", direct: false },
        { name: "pg", version: "8.11.0", direct: true },
        { name: "redis", version: "4.6.0", direct: true },
        { name: "x", version: undefined, direct: false },
      ]);
    }
  });

  it("reads version 1", () => {
    const dependencies = {
      express: { version: "4.21.0", requires: { pg: "7" }, dependencies: { pg: { version: "7.0.0" } } },
      mocha: { version: "10.0.0", dev: true },
      mq: { version: "npm:amqplib@0.10.4" },
      sdk: { version: "npm:@a/b@1.0.0" },
      local: { version: "file:../local" },
    };
    assert.deepEqual(packagesOf({ lockfileVersion: 1, dependencies }), [
      { name: "@a/b", version: "1.0.0", direct: true },
      { name: "amqplib", version: "0.10.4", direct: true },
      { name: "express", version: "4.21.0", direct: true },
      { name: "local", version: undefined, direct: true },
      { name: "pg", version: "7.0.0", direct: false },
    ]);
  });

  it("takes no other JSON", () => {
    assert.throws(() => packagesOf({ lockfileVersion: 4 }), { name: "UserError", message: /: lockfileVersion: / });
  });
});
