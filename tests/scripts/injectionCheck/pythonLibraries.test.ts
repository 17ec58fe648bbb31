import assert from "node:assert/strict";
import type { AppPackage } from "../../../scripts/injectionCheck/application.ts";
import { pythonLibraries } from "../../../scripts/injectionCheck/pythonLibraries.ts";

const supported = (name: string, range: string) => ({ package: name, range });
const instrumentations = {
  "aiohttp-client": { loads: ["aiohttp-client"], all: [supported("aiohttp", "~=3.0")], any: [] },
  "aiohttp-server": { loads: ["aiohttp-server"], all: [supported("aiohttp", "~=3.0")], any: [] },
  logging: { loads: ["logging"], all: [], any: [] },
  psycopg2: {
    loads: ["psycopg2"],
    all: [],
    any: [supported("psycopg2", ">=2.7"), supported("psycopg2-binary", ">=2.7")],
  },
  tortoiseorm: {
    loads: ["tortoiseorm"],
    all: [supported("pydantic", ">=1.10"), supported("tortoise-orm", ">=0.17")],
    any: [],
  },
};

function lines(...packages: Omit<AppPackage, "direct">[]) {
  const all = packages.map((own) => ({ ...own, direct: true }));
  return pythonLibraries(all, instrumentations).map(
    ({ name, instrumentations: by, outcome }) => `${name} ${by.join("+")} ${outcome}`,
  );
}

describe("pythonLibraries", () => {
  it("gives one row for a package that several instrumentations take", () => {
    assert.deepEqual(lines({ name: "aiohttp", version: "3.9.0" }), [
      "aiohttp aiohttp-client+aiohttp-server instrumented",
    ]);
  });

  it("says that a version is outside the range, also one that PEP 440 does not know", () => {
    for (const version of ["2.9.0", "4.0", "2004d"]) {
      const [row] = lines({ name: "aiohttp", version });
      assert.equal(row, "aiohttp aiohttp-client+aiohttp-server outside the range", version);
    }
  });

  it("leaves it open where the file has a range or a URL", () => {
    assert.match(lines({ name: "aiohttp", range: ">=3" })[0] ?? "", / installed version decides$/);
    assert.match(lines({ name: "aiohttp" })[0] ?? "", / installed version decides$/);
  });

  it("needs one of instruments-any", () => {
    assert.deepEqual(lines({ name: "psycopg2-binary", version: "2.9.9" }), ["psycopg2-binary psycopg2 instrumented"]);
  });

  it("needs all of instruments: a package alone says nothing, and one outside its range is shown alone", () => {
    for (const version of ["2.0", "1.0"]) assert.deepEqual(lines({ name: "pydantic", version }), []);
    assert.deepEqual(lines({ name: "pydantic", version: "2.0" }, { name: "tortoise-orm", version: "0.20" }), [
      "pydantic tortoiseorm instrumented",
      "tortoise-orm tortoiseorm instrumented",
    ]);
    assert.deepEqual(lines({ name: "pydantic", version: "2.0" }, { name: "tortoise-orm", version: "0.16" }), [
      "tortoise-orm tortoiseorm outside the range",
    ]);
  });

  it("keeps versions of different markers apart", () => {
    assert.deepEqual(
      lines({ name: "aiohttp", version: "3.9.0", marker: "a" }, { name: "aiohttp", version: "2.0", marker: "b" }),
      ["aiohttp aiohttp-client+aiohttp-server instrumented", "aiohttp aiohttp-client+aiohttp-server outside the range"],
    );
  });
});
