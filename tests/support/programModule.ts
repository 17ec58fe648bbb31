import { join } from "node:path";
import { versionModule } from "../../sandbox/programs/build.ts";
import type { Tool } from "../../sandbox/programs/catalog.ts";
import { readGoModule } from "../../sandbox/programs/goModule.ts";
import { projectFolder } from "./markdown.ts";

/** The Go module whose version is that of a program of the sandbox. */
export function programModule(tool: Tool): string {
  return versionModule(tool, readGoModule(join(projectFolder, "tools", tool.module)));
}
