import assert from "node:assert/strict";
import { UserError } from "../../../cli/errors.ts";
import type { AppPackage } from "../../../scripts/injectionCheck/application.ts";
import { pinnedVersions, readRequirements } from "../../../scripts/injectionCheck/requirements.ts";

/** Files by path. */
type Files = Readonly<Record<string, string>>;

function reader(files: Files) {
  return (file: string) => {
    const text = files[file];
    if (text === undefined) throw new UserError(`${file}: there is no such file`);
    return text;
  };
}

function packagesOf(files: Files | string): Partial<AppPackage>[] {
  const { packages } = readRequirements(
    "app/a.txt",
    reader(typeof files === "string" ? { "app/a.txt": files } : files),
  );
  return packages.map(({ name, version, range, marker }) => ({
    name,
    ...(version === undefined ? {} : { version }),
    ...(range === undefined ? {} : { range }),
    ...(marker === undefined ? {} : { marker }),
  }));
}

describe("readRequirements", () => {
  it("reads pins with extras, any spelling of a name and any form of a version", () => {
    const text = `\
uvicorn[standard]==0.30
Typing_Extensions===4.12
torch==1.0+cu118
a==1!2.0
b == 1.0rc1
c (==1.2)
`;
    assert.deepEqual(packagesOf(text.replaceAll("\n", "\r\n")), [
      { name: "uvicorn", version: "0.30" },
      { name: "typing-extensions", version: "4.12" },
      { name: "torch", version: "1.0+cu118" },
      { name: "a", version: "1!2.0" },
      { name: "b", version: "1.0rc1" },
      { name: "c", version: "1.2" },
    ]);
  });

  it("reads ranges, wildcards among them", () => {
    assert.deepEqual(packagesOf("a>=1,<2\nb==2.*\nc\nd ~= 1.4.2, != 1.4.3"), [
      { name: "a", range: ">=1,<2" },
      { name: "b", range: "==2.*" },
      { name: "c", range: "" },
      { name: "d", range: "~=1.4.2,!=1.4.3" },
    ]);
  });

  it("reads a file both as constraints and as requirements", () => {
    const files = { "app/a.txt": "-c base.txt\n-r base.txt\npytest", "app/base.txt": "requests==2.28.0\nflask==3.0.0" };
    assert.deepEqual(packagesOf(files), [
      { name: "requests", version: "2.28.0" },
      { name: "flask", version: "3.0.0" },
      { name: "pytest", range: "" },
    ]);
  });

  it("says of a constraint with a marker, and of a variable, that it does not go by them", () => {
    const files = {
      "app/a.txt": "-c con.txt\nrequests\nshop==${SHOP_VERSION}",
      "app/con.txt": 'requests==2.25.0 ; python_version < "3.8"',
    };
    assert.deepEqual(packagesOf(files), [{ name: "requests", range: "" }]);
    const [variable, marker] = readRequirements("app/a.txt", reader(files)).notes.toSorted();
    assert.equal(variable, 'app/a.txt line 3: "shop==${SHOP_VERSION}" has a variable: not checked');
    assert.match(marker ?? "", /^app\/con\.txt line 1: .* is a constraint with a marker: not applied$/);
  });

  it("keeps the marker of a line, and takes lines with different markers apart", () => {
    const text =
      "a==1 ; python_version < '3.8'\na==2;python_version>='3.8' and (extra == 'x')\na>=1 ; python_version < '3.8'";
    assert.deepEqual(packagesOf(text), [
      { name: "a", version: "1", marker: "python_version < '3.8'" },
      { name: "a", version: "2", marker: "python_version>='3.8' and (extra == 'x')" },
    ]);
  });

  it("knows no version of what comes from a URL", () => {
    const text = "a @ https://example.invalid/a.whl\nb[x]@git+https://example.invalid/b@v1;p ; extra == 'y'\na>=1";
    assert.deepEqual(packagesOf(text), [{ name: "a" }, { name: "b", marker: "extra == 'y'" }]);
  });

  it("joins what several lines and constraints say of a package", () => {
    const files = {
      "app/a.txt": "-c constraints.txt\n-r sub/base.txt\na>=1\nb\n",
      "app/constraints.txt": "b==2\nc==3\n",
      "app/sub/base.txt": "A<3\n--requirement=../more.txt\n",
      "app/more.txt": "-ra.txt\nd==1\n",
    };
    assert.deepEqual(packagesOf(files), [
      { name: "a", range: "<3,>=1" },
      { name: "d", version: "1" },
      { name: "b", version: "2" },
    ]);
  });

  it("reads an included file once, however it is named", () => {
    const files = {
      "./a.txt": "-r a.txt\n-r sub/../a.txt\n-r /b.txt\n-r '/b.txt'\na==1\n",
      "/b.txt": "b==1\n-r b.txt",
    };
    const { packages } = readRequirements("./a.txt", reader(files));
    assert.deepEqual(
      packages.map(({ name }) => name),
      ["b", "a"],
    );
  });

  it("says what was not checked", () => {
    const text = `\
--index-url https://example.invalid/simple
-e .
./local
git+https://me:hunter2@example.invalid/a
a.tar.gz
-r https://me:hunter2@example.invalid/b.txt
--require-hashes
`;
    const { packages, notes } = readRequirements("a.txt", reader({ "a.txt": text }));
    assert.deepEqual(packages, []);
    assert.deepEqual(notes.slice(0, -1), [
      'a.txt line 2: "-e ." names no package: not checked',
      'a.txt line 3: "./local" names no package: not checked',
      'a.txt line 4: "git+https://***@example.invalid/a" names no package: not checked',
      'a.txt line 5: "a.tar.gz" names no package: not checked',
      'a.txt line 6: "https://***@example.invalid/b.txt" is a URL: not read',
    ]);
    assert.match(notes.at(-1) ?? "", /bring along are not checked/);
  });

  it("says in one line which line is wrong", () => {
    const files = { "a.txt": "a==1\n-r b.txt\n", "b.txt": "\nb=1\n", "c.txt": "c==abc", "d.txt": "-r a\n" };
    const read = (file: string) => () => readRequirements(file, reader(files));
    const expected = (message: string) => ({ name: "UserError", message });
    assert.throws(
      read("a.txt"),
      expected(
        'b.txt line 2: "b=1" is no requirement that pip takes (column 2: expected end of input) (included by a.txt line 2)',
      ),
    );
    assert.throws(read("c.txt"), expected('c.txt line 1: "==abc" is no version that PEP 440 knows, in "c==abc"'));
    assert.throws(read("d.txt"), expected("a: there is no such file (included by d.txt line 1)"));
  });
});

describe("pinnedVersions", () => {
  it("gives the versions of pinned packages", () => {
    const versions = pinnedVersions("a.txt", () => "Wrapt==1.17.3 \\\n  --hash=sha256:00\nb>=1\n");
    assert.deepEqual(versions, new Map([["wrapt", "1.17.3"]]));
  });
});
