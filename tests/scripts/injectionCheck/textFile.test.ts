import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readText } from "../../../scripts/injectionCheck/textFile.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

describe("readText", () => {
  const folder = temporaryFolder();

  function written(bytes: string | Uint8Array): string {
    const file = join(folder(), "a.txt");
    writeFileSync(file, bytes);
    return file;
  }

  it("reads UTF-8, without a byte order mark", () => {
    assert.equal(readText(written("\ufeffä==1\r\n")), "ä==1\r\n");
    assert.equal(readText(written("")), "");
  });

  it("reads UTF-16 with a byte order mark, as Windows PowerShell writes it", () => {
    const little = Buffer.from("\ufeffä==1\r\n", "utf16le");
    assert.equal(readText(written(little)), "ä==1\r\n");
    assert.equal(readText(written(Buffer.from(little).swap16())), "ä==1\r\n");
  });

  it("says in one line why a file cannot be read", () => {
    const missing = join(folder(), "missing.txt");
    const expected = (message: string) => ({ name: "UserError", message });
    assert.throws(() => readText(missing), expected(`${missing}: there is no such file`));
    assert.throws(() => readText(folder()), expected(`${folder()}: is a folder, not a file`));
    const file = written(Uint8Array.of(0x61, 0xff));
    assert.throws(() => readText(file), expected(`${file}: is not UTF-8`));
  });
});
