import { join } from "node:path";
import { ArtifactError } from "../artifacts/artifactError.ts";
import type { Lock } from "../artifacts/lock.ts";
import type { Findings } from "../cli/command.ts";
import { UserError } from "../cli/errors.ts";

/** The fields of what is recorded, for the help of commands. */
export const lockForm = '{"file", "sha256"}, sha256 has the checksums by what they are of';

/**
 * Records checksums in a lock file of the project.
 *
 * @param name of the file, in the project's folder
 * @throws UserError when something cannot be had, or another checksum of it is recorded
 */
export async function lockFindings(name: string, record: (file: string) => Promise<Lock>): Promise<Findings> {
  try {
    const lock = await record(join(import.meta.dirname, "..", name));
    const lines = Object.entries(lock).map(([entry, checksum]) => `${checksum}  ${entry}`);
    return {
      text: [...lines, `${name} holds ${lines.length} checksums: review and commit it`].join("\n"),
      json: { file: name, sha256: lock },
    };
  } catch (error) {
    if (!(error instanceof ArtifactError)) throw error;
    throw new UserError(`${error.message}; ${name} is as it was`);
  }
}
