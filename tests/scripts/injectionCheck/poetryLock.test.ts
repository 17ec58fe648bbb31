import assert from "node:assert/strict";
import { readPoetryLock } from "../../../scripts/injectionCheck/poetryLock.ts";

describe("readPoetryLock", () => {
  it("reads Poetry 2's lock file without what only groups for development ask for", () => {
    const lock = `\
[[package]]
name = "PyMySQL"
version = "1.1.0"
optional = false
groups = ["main", "dev"]
markers = "python_version < \\"3.11\\""

[package.dependencies]
cffi = ">=1"

[[package]]
name = "cffi"
version = "1.16.0"
groups = ["web"]
markers = {web = "a", main = "b"}

[[package]]
name = "pytest"
version = "8.0.0"
groups = ["dev"]

[[package]]
name = "gevent"
version = "24.2.1"
groups = ["dev", "test"]

[metadata]
lock-version = "2.1"
python-versions = "^3.9"
`;
    const { packages, pythonVersions, notes } = readPoetryLock("poetry.lock", lock);
    assert.deepEqual(notes, ["poetry.lock: the groups web count as what is in the container"]);
    assert.equal(pythonVersions, "^3.9");
    assert.deepEqual(packages, [
      { name: "pymysql", version: "1.1.0", marker: 'python_version < "3.11"', direct: true },
      { name: "cffi", version: "1.16.0", marker: "a or b", direct: true },
    ]);
  });

  it("reads Poetry 1's lock file", () => {
    const packageOf = (name: string, category: string) =>
      `[[package]]\nname = "${name}"\nversion = "1"\ncategory = "${category}"\n`;
    const { packages } = readPoetryLock("poetry.lock", `${packageOf("a", "main")}${packageOf("b", "dev")}[metadata]\n`);
    assert.deepEqual(
      packages.map(({ name }) => name),
      ["a"],
    );
  });

  it("takes no other TOML", () => {
    assert.throws(() => readPoetryLock("poetry.lock", ""), { name: "UserError", message: /^poetry\.lock: metadata: / });
  });
});
