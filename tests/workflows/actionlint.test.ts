import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sandboxPaths } from "../../sandbox/paths.ts";
import { createReport } from "../../cli/report.ts";
import { ensureTools } from "../../sandbox/programs/tools.ts";
import { projectFolder } from "../support/markdown.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const github = join(projectFolder, ".github");

describe("GitHub workflows", function () {
  // The first run builds actionlint.
  this.timeout(300_000);
  const folder = temporaryFolder();
  let program: string;

  before(async () => {
    program = (await ensureTools(["actionlint"], sandboxPaths(), createReport())).actionlint;
  });

  /** What actionlint says, line by line. */
  function errorsIn(project: string): string[] {
    // Without programs that some machines have and others do not.
    const args = ["-oneline", "-no-color", "-shellcheck=", "-pyflakes="];
    const { status, stdout, stderr } = spawnSync(program, args, { cwd: project, encoding: "utf8" });
    assert.ok(status === 0 || status === 1, stderr);
    return stdout.split("\n").filter((line) => line !== "");
  }

  it("are accepted by actionlint", () => {
    assert.deepEqual(errorsIn(projectFolder), []);
  });

  it("are refused with an error planted in them", () => {
    const workflow = join(folder(), ".github/workflows/preview.yml");
    cpSync(github, join(folder(), ".github"), { recursive: true });
    // actionlint finds a project by its repository.
    mkdirSync(join(folder(), ".git"));
    const text = readFileSync(workflow, "utf8");
    writeFileSync(workflow, text.replace("${{ matrix.stack }}", "${{ matrix.stak }}").replace("role:", "rolle:"));
    const errors = errorsIn(folder()).join("\n");
    assert.match(errors, /property "stak" is not defined/);
    assert.match(errors, /input "rolle" is not defined in action "Pulumi on an environment"/);
  });
});
