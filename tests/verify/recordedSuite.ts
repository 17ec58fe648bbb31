import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeBlock } from "../../cli/markdownBlock.ts";
import type { Verdict } from "./verdict.ts";

/** Tests that record what they find, and the table that is made of it. */
export interface RecordedSuite<Found> {
  files: readonly string[];
  /** Besides this process' environment. */
  env?: Readonly<Record<string, string>>;
  table: (found: Found[]) => string;
  /** Where the table stands: a page of the project, and the name of its block there. */
  page: string;
  block: string;
}

/**
 * Runs the tests, which print to standard error.
 *
 * @param write put it into its page, unless a test failed or the run was interrupted: its table is no claim
 * @returns it holds when every test passed
 */
export function verifyRecorded<Found>(project: string, suite: RecordedSuite<Found>, write: boolean): Verdict {
  const folder = mkdtempSync(join(tmpdir(), "fluffy-observability-verify-"));
  try {
    const results = join(folder, "results");
    const finished = join(folder, "finished");
    const { status } = spawnSync("mocha", ["--require", "./tests/support/finishedRun.ts", ...suite.files], {
      cwd: project,
      stdio: ["inherit", 2, "inherit"],
      env: { ...process.env, ...suite.env, VERIFY_RESULTS: results, VERIFY_FINISHED: finished },
    });
    const passed = status === 0 && existsSync(finished);
    const lines = existsSync(results) ? readFileSync(results, "utf8").trim().split("\n") : [];
    const found = lines.map((line) => JSON.parse(line) as Found);
    const table = suite.table(found);
    if (write && passed) writeBlock(join(project, suite.page), suite.block, table);
    return { holds: passed, text: table, json: { found } };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
