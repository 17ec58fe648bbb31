import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { npmCommand, runScript } from "../cli/command.ts";
import { UserError } from "../cli/errors.ts";
import { runCommand } from "../cli/runCommand.ts";
import { packageManifest, type ProjectManifest } from "./package/manifest.ts";

const project = resolve(import.meta.dirname, "..");

const command = npmCommand(
  "package",
  "Builds the npm package with InstrumentedApi and readPlatform, for Pulumi programs in other repositories.",
  "--out dist",
).requiredOption("--out <folder>", "where the .tgz file is written");

await runScript(command, async () => {
  const out = resolve(command.opts<{ out: string }>().out);
  const folder = mkdtempSync(join(tmpdir(), "fluffy-observability-package-"));
  try {
    await run("tsc", ["-p", "package/tsconfig.json", "--outDir", folder], project);
    // Files of these are read when a program runs.
    cpSync(join(project, "components/api/preload"), join(folder, "components/api/preload"), { recursive: true });
    cpSync(join(project, "LICENSE"), join(folder, "LICENSE"));
    cpSync(join(project, "docs/package.md"), join(folder, "README.md"));
    const manifest = JSON.parse(readFileSync(join(project, "package.json"), "utf8")) as ProjectManifest;
    writeFileSync(join(folder, "package.json"), `${JSON.stringify(packageManifest(manifest), null, 2)}\n`);
    mkdirSync(out, { recursive: true });
    const file = (await run("npm", ["pack", "--silent", "--pack-destination", out], folder)).trim();
    console.log(join(out, file));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** @throws UserError with what the program says */
async function run(program: string, args: readonly string[], cwd: string): Promise<string> {
  const { code, stdout, output } = await runCommand(program, args, { cwd });
  if (code !== 0) throw new UserError(`${program} failed: ${output.trim()}`);
  return stdout;
}
