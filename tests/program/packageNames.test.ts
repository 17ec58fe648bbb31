import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { projectFolder } from "../support/markdown.ts";

describe("what the start file lets be imported of Pulumi's packages", () => {
  it("has the names that Node finds, and its default", () => {
    const program = `for (const name of ["@pulumi/pulumi", "@pulumi/kubernetes", "@pulumi/random"]) {
      const { default: all, ...named } = await import(name);
      console.log(name, typeof all, Object.keys(named).sort().join(" "), Object.keys(named).every((each) => all[each] === named[each]));
    }`;
    const [plain, now] = [[], ["--import", pathToFileURL(join(projectFolder, "runTypeScript.mjs")).href]].map((start) =>
      execFileSync(process.execPath, [...start, "--input-type=module", "--eval", program], {
        cwd: projectFolder,
        encoding: "utf8",
      }),
    );
    assert.match(now ?? "", /^@pulumi\/pulumi object .*\bComponentResource .* true$/m);
    assert.equal(now, plain);
  });
});
