import { basename } from "node:path";
import { UserError } from "../../cli/errors.ts";
import type { Application } from "./application.ts";
import { readPackageJson } from "./packageJson.ts";
import { readPackageLock } from "./packageLock.ts";
import { readPoetryLock } from "./poetryLock.ts";
import { readRequirements } from "./requirements.ts";
import { readText } from "./textFile.ts";
import { readUvLock } from "./uvLock.ts";

const readers = new Map<string, (file: string, text: string) => Application>([
  ["uv.lock", readUvLock],
  ["poetry.lock", readPoetryLock],
  ["package.json", readPackageJson],
  ["package-lock.json", readPackageLock],
]);

/**
 * Reads which packages an application has; the file's name says what it is.
 *
 * @throws UserError, one line, when the name is none of the allowed ones or the content cannot be read
 */
export function readApplication(file: string): Application {
  const name = basename(file);
  if (name.endsWith(".txt")) return readRequirements(file, readText);
  const read = readers.get(name);
  if (read === undefined) {
    throw new UserError(
      `${file}: unknown kind of file; allowed are ${[...readers.keys()].join(", ")} and *.txt in pip's format`,
    );
  }
  return read(file, readText(file));
}
