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

/**
 * Reads `poetry.lock`. Packages of the group `dev` alone are left out: they are not in the container.
 *
 * @throws UserError when it is no TOML, or not Poetry's
 */
export function readPoetryLock(file: string, text: string): PythonApplication {
  const lock = parseToml(file, text, lockSchema);
  const packages = lock.package
    .filter(({ groups, category }) => category !== "dev" && !(groups?.length === 1 && groups[0] === "dev"))
    .map(({ name, version, markers }) => ({
      name: pythonName(name),
      version,
      marker: typeof markers === "object" ? Object.values(markers).join(" or ") : markers,
      direct: true,
    }));
  return { language: "python", file, packages, pythonVersions: lock.metadata["python-versions"], notes: [] };
}
