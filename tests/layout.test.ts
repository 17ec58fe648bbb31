import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

const project = resolve(import.meta.dirname, "..");

/** Floors with folders of their own, the rooms. The files at the root of a floor are a room too, but for the sandbox's: its session and its verbs' table stand there. */
const floors = [
  { floor: "components", root: "root" },
  { floor: "dashboards", root: "root" },
  { floor: "page", root: "root" },
  { floor: "review", root: "root" },
  { floor: "sandbox", root: undefined },
];

/** Imports between two rooms of a floor, as `from -> to`. */
function importsBetweenRooms({ floor, root }: (typeof floors)[number]): Set<string> {
  const room = (file: string) => file.split("/").slice(1, -1)[0] ?? root;
  const imports = globSync(`${floor}/**/*.ts`, { cwd: project }).flatMap((file) => {
    const text = readFileSync(join(project, file), "utf8");
    const targets = [...text.matchAll(/from "(\.[^"]+)"/g)].map(([, target = ""]) => join(dirname(file), target));
    return targets.filter((target) => target.startsWith(`${floor}/`)).map((target) => [room(file), room(target)]);
  });
  return new Set(imports.flatMap(([from, to]) => (from && to && from !== to ? [`${from} -> ${to}`] : [])));
}

describe("the rooms of", () => {
  for (const floor of floors) {
    it(`${floor.floor}/ import each other one way only`, () => {
      const imports = importsBetweenRooms(floor);
      assert.ok(imports.size > 0, `no import between folders of ${floor.floor}/ was found`);
      const both = [...imports].filter((pair) => imports.has(pair.split(" -> ").reverse().join(" -> ")));
      assert.deepEqual(both, []);
    });
  }
});
