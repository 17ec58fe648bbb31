import { z } from "zod";
import type { PythonApplication } from "./application.ts";
import { parseToml } from "./parsedFile.ts";
import { pythonName } from "./pythonName.ts";

const lockSchema = z.looseObject({
  package: z
    .array(
      z.looseObject({
        name: z.string(),
        version: z.string(),
        // Of Poetry 2; one text, or one for each group.
        groups: z.array(z.string()).optional(),
        markers: z.union([z.string(), z.record(z.string(), z.string())]).optional(),
        // Of Poetry 1.
        category: z.string().optional(),
      }),
    )
    .default([]),
  metadata: z.looseObject({ "python-versions": z.string().optional() }),
});

/** Groups that Poetry's documentation has for development. */
const developmentGroups = ["dev", "test", "docs"];

/**
 * Reads `poetry.lock`. Packages that only groups for development ask for are left out: they are not in the container.
 *
 * @throws UserError when it is no TOML, or not Poetry's
 */
export function readPoetryLock(file: string, text: string): PythonApplication {
  const lock = parseToml(file, text, lockSchema);
  const packages = lock.package
    .filter(({ groups, category }) => category !== "dev" && groups?.every(isDevelopment) !== true)
    .map(({ name, version, markers }) => ({
      name: pythonName(name),
      version,
      marker: typeof markers === "object" ? Object.values(markers).join(" or ") : markers,
      direct: true,
    }));
  const counted = new Set(lock.package.flatMap(({ groups = [] }) => groups).filter((group) => !isDevelopment(group)));
  counted.delete("main");
  const notes =
    counted.size === 0
      ? []
      : [`${file}: the groups ${[...counted].sort().join(", ")} count as what is in the container`];
  return { language: "python", file, packages, pythonVersions: lock.metadata["python-versions"], notes };
}

function isDevelopment(group: string): boolean {
  return developmentGroups.includes(group);
}
