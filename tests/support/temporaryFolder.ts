import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Gives each test of the surrounding suite an empty folder that is gone after it.
 *
 * @throws where there is none, as in `before`: a test must not write into the project
 */
export function temporaryFolder(): () => string {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "fluffy-observability-test-"));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
    folder = "";
  });
  return () => {
    if (folder === "") throw new Error("there is a temporary folder in tests and in beforeEach only");
    return folder;
  };
}
