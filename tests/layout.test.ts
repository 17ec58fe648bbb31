import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { Linter } from "eslint";
import tseslint from "typescript-eslint";

const project = resolve(import.meta.dirname, "..");

const { floors, importsGoDown } = (await import(join(project, "eslint.config.js"))) as {
  floors: readonly string[];
  importsGoDown: Linter.Config[];
};

/** Floors whose files beside the folders are above some of them and below others. */
const mixedRoots = ["artifacts", "sandbox"];

/** Where the imports between two rooms of a floor are, as `from -> to`: its folders, and the files beside them. */
function importsBetweenRooms(floor: string): Set<string> {
  const room = (file: string) => file.split("/").slice(1, -1)[0] ?? (mixedRoots.includes(floor) ? undefined : "root");
  const imports = globSync(`${floor}/**/*.ts`, { cwd: project }).flatMap((file) => {
    const text = readFileSync(join(project, file), "utf8");
    const targets = [...text.matchAll(/(?:from |import\()\s*"(\.[^"]+)"/g)].map(([, to = ""]) =>
      join(dirname(file), to),
    );
    return targets.filter((target) => target.startsWith(`${floor}/`)).map((target) => [room(file), room(target)]);
  });
  return new Set(imports.flatMap(([from, to]) => (from && to && from !== to ? [`${from} -> ${to}`] : [])));
}

/** The imports that lead back to where they come from, over however many rooms. */
function circles(imports: ReadonlySet<string>): string[] {
  const pairs = [...imports].map((pair) => pair.split(" -> ") as [string, string]);
  const reached = (start: string) => {
    const found = new Set([start]);
    // A set goes on with what is added to it.
    for (const room of found) for (const [from, to] of pairs) if (from === room) found.add(to);
    return found;
  };
  return pairs.filter(([from, to]) => reached(to).has(from)).map((pair) => pair.join(" -> "));
}

describe("the rooms of", () => {
  const withRooms = floors.filter((floor) => importsBetweenRooms(floor).size > 0);

  it("most floors import each other", () => {
    assert.ok(withRooms.length > 8, withRooms.join(" "));
  });

  for (const floor of withRooms) {
    it(`${floor}/ import each other in no circle`, () => {
      assert.deepEqual(circles(importsBetweenRooms(floor)), []);
    });
  }

  it("a floor with a circle are found", () => {
    const imports = new Set(["a -> b", "b -> c", "c -> a", "c -> d"]);
    assert.deepEqual(circles(imports), ["a -> b", "b -> c", "c -> a"]);
  });
});

describe("an import of a floor above", () => {
  const messages = (file: string, text: string) =>
    new Linter({ cwd: project })
      .verify(text, [{ files: ["**/*.ts"], languageOptions: { parser: tseslint.parser } }, ...importsGoDown] as never, {
        filename: join(project, file),
      })
      .map(({ message }) => message.replace(/^.* is restricted from being used by a pattern\. /, ""));

  it("is refused, however it is written", () => {
    const below = "catalog/ is below that folder: imports go down only.";
    for (const text of [
      'import { a } from "../scripts/a.ts"; a();',
      'export { a } from "../scripts/a.ts";',
      'await import("../../scripts/a.ts");',
      'type A = import("../scripts/a.ts").A;',
    ]) {
      assert.deepEqual(messages("catalog/own.ts", text), [below], text);
    }
    assert.deepEqual(messages("index.ts", 'import "./scripts/a.ts";').length, 1);
    assert.deepEqual(messages("package/index.ts", 'export * from "../sandbox/a.ts";').length, 1);
    assert.deepEqual(messages("policy/index.ts", 'import "../tests/a.ts";').length, 1);
  });

  it("is one only there", () => {
    assert.deepEqual(messages("catalog/own.ts", 'import "../cli/a.ts"; await import("./scripts/a.ts");'), []);
    assert.deepEqual(messages("index.ts", 'import "./components/a.ts";'), []);
  });

  it("can be of every folder with TypeScript: each is a floor", () => {
    const folders = new Set(
      globSync("*/**/*.ts", { cwd: project, exclude: (name) => name === "node_modules" }).map((file) =>
        file.replace(/\/.*/, ""),
      ),
    );
    assert.deepEqual([...folders].sort(), [...floors].sort());
  });
});
