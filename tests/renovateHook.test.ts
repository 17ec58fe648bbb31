import assert from "node:assert/strict";
import { globSync } from "node:fs";
import { imageLockName } from "../catalog/imageDigests.ts";
import { catalog } from "../sandbox/programs/catalog.ts";
import { lockFileName } from "../artifacts/programs/releases.ts";
import { projectFolder, readProjectFile } from "./support/markdown.ts";

interface Rule {
  readonly matchFileNames?: string[];
  readonly postUpgradeTasks?: { readonly commands: readonly string[]; readonly fileFilters: readonly string[] };
}

describe("Renovate's hook", () => {
  it("records checksums for what it raises, with the scripts that read them from upstream", () => {
    const { packageRules } = JSON.parse(readProjectFile("renovate.json")) as { packageRules: Rule[] };
    const [rule, ...others] = packageRules.filter(({ postUpgradeTasks }) => postUpgradeTasks !== undefined);
    assert.deepEqual(others, []);
    const names = ["artifacts:lock", "images:lock", "programs:lock"];
    const { commands, fileFilters } = rule?.postUpgradeTasks ?? assert.fail();
    assert.deepEqual(
      commands,
      names.map((name) => `npm run --silent ${name}`),
    );
    assert.deepEqual(fileFilters, ["artifacts.lock.json", imageLockName, lockFileName]);
    const { scripts } = JSON.parse(readProjectFile("package.json")) as { scripts: Record<string, string> };
    for (const name of names) assert.ok(name in scripts, name);
    const files = globSync(rule?.matchFileNames ?? [], { cwd: projectFolder });
    const modules = Object.values(catalog).map(({ module }) => `tools/${module}/go.mod`);
    assert.deepEqual(files.sort(), [...new Set(["catalog/versions.ts", "package.json", ...modules])].sort());
  });
});
