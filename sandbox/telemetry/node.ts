import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { sha256 } from "../../artifacts/files.ts";
import type { SandboxPaths } from "../paths.ts";
import type { Report } from "../../cli/report.ts";
import { ensureCachedFolder } from "./cachedFolder.ts";

/** What the operator's image for Node.js holds, as far as a program needs it: locked packages and what loads them. */
const files = ["package.json", "package-lock.json", "autoinstrumentation.js"] as const;

/**
 * Installs the packages that the operator's image would add to a Node.js program, once for each state of their lock file.
 *
 * @returns the folder that stands for the one which the init container fills
 * @throws UserError when npm is missing or cannot install them.
 */
export async function ensureNodePackages(paths: SandboxPaths, report: Report): Promise<string> {
  const source = path.join(paths.project, "sandbox/telemetry/node");
  const content = files.map((file) => readFileSync(path.join(source, file), "utf8")).join("");
  const cached = {
    folder: path.join(paths.cache, "node", `autoinstrumentation-${sha256(content).slice(0, 8)}`),
    label: "installing the Node.js packages of sandbox/telemetry/node",
  };
  return ensureCachedFolder(cached, report, async (folder, run) => {
    mkdirSync(folder, { recursive: true });
    for (const file of files) copyFileSync(path.join(source, file), path.join(folder, file));
    // Each package is held to its hash, and none runs code of its own.
    await run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: folder });
  });
}
