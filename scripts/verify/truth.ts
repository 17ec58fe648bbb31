import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Truth } from "../../tests/support/truth.ts";
import { writeBlock } from "./markdownBlock.ts";
import { truthTable } from "./truthTable.ts";

/** Distinct names of spans that the whole run sends of one service. */
const DISTINCT = 450_000;

/** What the platform says against what was sent, by the real programs; gives whether it is within the bounds. */
export function verifyTruth(project: string, write: boolean): boolean {
  const folder = mkdtempSync(join(tmpdir(), "fluffy-observability-verify-"));
  try {
    const results = join(folder, "results");
    const files = ["truth", "workers", "cardinality"].map((name) => `tests/telemetry/${name}.test.ts`);
    const { status } = spawnSync("mocha", files, {
      cwd: project,
      stdio: "inherit",
      env: { ...process.env, CI: "1", VERIFY_RESULTS: results, DISTINCT_VALUES: String(DISTINCT) },
    });
    const lines = existsSync(results) ? readFileSync(results, "utf8").trim().split("\n") : [];
    const table = truthTable(lines.map((line) => JSON.parse(line) as Truth));
    console.log(table);
    // A table of a run that failed is no claim.
    if (write && status === 0) writeBlock(join(project, "docs/truth.md"), "truth", table);
    return status === 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
