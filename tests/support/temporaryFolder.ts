import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Gives each test of the surrounding suite an empty folder that is gone after it. */
export function temporaryFolder(): () => string {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "fluffy-observability-test-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  return () => folder;
}
