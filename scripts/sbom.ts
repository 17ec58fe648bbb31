import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { writeFileAtomically } from "../artifacts/files.ts";
import { everyImage, imageIn } from "../catalog/imageRegistry.ts";
import { npmCommand, runScript } from "../cli/command.ts";
import { UserError } from "../cli/errors.ts";
import { billOfMaterials, type NpmBill } from "./sbom/billOfMaterials.ts";
import { goModules } from "./sbom/goModules.ts";

const project = resolve(import.meta.dirname, "..");

const command = npmCommand(
  "sbom",
  "Writes a bill of materials (CycloneDX 1.5, JSON): the packages of npm, the modules of the programs that are built with Go, and every image.",
  "sbom.json",
).argument("<file>", "where it is written");

await runScript(command, async () => {
  const file = resolve(command.args[0] ?? "");
  const { version } = JSON.parse(readFileSync(join(project, "package.json"), "utf8")) as { version: string };
  const tools = join(project, "tools");
  const modules = readdirSync(tools).flatMap((name) => goModules(readFileSync(join(tools, name, "go.mod"), "utf8")));
  await writeFileAtomically(
    file,
    billOfMaterials({
      version,
      npm: npmBill(),
      goModules: modules,
      images: everyImage().map((image) => imageIn("", image)),
    }),
  );
  console.log(file);
});

/** npm's own bill of what package-lock.json names. */
function npmBill(): NpmBill {
  const args = ["sbom", "--sbom-format", "cyclonedx", "--package-lock-only"];
  try {
    const stdio: ["ignore", "pipe", "pipe"] = ["ignore", "pipe", "pipe"];
    return JSON.parse(
      execFileSync("npm", args, { cwd: project, encoding: "utf8", maxBuffer: 2 ** 26, stdio }),
    ) as NpmBill;
  } catch (error) {
    throw new UserError(`npm sbom failed: npm 10 or newer has it; ${(error as Error).message.split("\n")[0] ?? ""}`);
  }
}
