import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readApplication } from "../../../scripts/injectionCheck/readApplication.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

describe("readApplication", () => {
  const folder = temporaryFolder();

  it("knows a file by its name", () => {
    const texts = {
      "dev.txt": "",
      "uv.lock": "version = 1",
      "poetry.lock": "[metadata]",
      "package.json": "{}",
      "package-lock.json": '{"lockfileVersion": 3, "packages": {}}',
    };
    const found = Object.entries(texts).map(([name, text]) => {
      const file = join(folder(), name);
      writeFileSync(file, `\ufeff${text}`);
      const application = readApplication(file);
      assert.equal(application.file, file);
      return application.language;
    });
    assert.deepEqual(found, ["python", "python", "python", "nodejs", "nodejs"]);
  });

  it("names the allowed ones when it does not", () => {
    assert.throws(() => readApplication("constructor"), { name: "UserError" });
    assert.throws(() => readApplication("a/Pipfile.lock"), {
      name: "UserError",
      message:
        "a/Pipfile.lock: unknown kind of file; allowed are uv.lock, poetry.lock, package.json, package-lock.json and *.txt in pip's format",
    });
  });
});
