import assert from "node:assert/strict";
import { readUvLock } from "../../../scripts/injectionCheck/uvLock.ts";

const lock = `\
version = 1
requires-python = ">=3.9"

[[package]]
name = "shop"
version = "0.1.0"
source = { editable = "." }
dependencies = [{ name = "gunicorn", extra = ["gevent"] }, { name = "numpy", marker = "python_full_version < '3.10'" }, { name = "member" }]

[package.optional-dependencies]
aws = [{ name = "boto3" }]

[package.dev-dependencies]
dev = [{ name = "pytest" }]

[[package]]
name = "member"
source = { virtual = "member" }

[[package]]
name = "gunicorn"
version = "22.0.0"
source = { registry = "https://example.invalid/simple" }

[package.optional-dependencies]
gevent = [{ name = "gevent" }]

[[package]]
name = "gevent"
version = "24.2.1"

[[package]]
name = "numpy"
version = "2.0.2"
resolution-markers = ["python_full_version < '3.9'", "python_full_version == '3.9.*'"]

[[package]]
name = "numpy"
version = "2.3.0"

[[package]]
name = "boto3"
version = "1.24.0"

[[package]]
name = "pytest"
version = "8.0.0"
dependencies = [{ name = "packaging" }]

[[package]]
name = "packaging"
version = "26.3"
`;

describe("readUvLock", () => {
  it("reads what is installed with the application: no dependency group, no member of the workspace", () => {
    const { packages, pythonVersions } = readUvLock("uv.lock", lock);
    assert.equal(pythonVersions, ">=3.9");
    assert.deepEqual(packages, [
      { name: "gunicorn", version: "22.0.0", marker: undefined, direct: true },
      { name: "gevent", version: "24.2.1", marker: undefined, direct: false },
      {
        name: "numpy",
        version: "2.0.2",
        marker: "python_full_version < '3.9' or python_full_version == '3.9.*'",
        direct: true,
      },
      { name: "numpy", version: "2.3.0", marker: undefined, direct: true },
      { name: "boto3", version: "1.24.0", marker: undefined, direct: true },
    ]);
  });

  it("reads all packages where none is the application", () => {
    const { packages } = readUvLock("uv.lock", 'version = 1\n[[package]]\nname = "A_b"\nversion = "1"\n');
    assert.deepEqual(packages, [{ name: "a-b", version: "1", marker: undefined, direct: true }]);
  });

  it("takes no other TOML", () => {
    assert.throws(() => readUvLock("uv.lock", ""), { name: "UserError", message: /^uv\.lock: version: / });
  });
});
