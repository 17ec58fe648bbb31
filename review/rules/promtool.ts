import { createReport } from "../../cli/report.ts";
import { sandboxPaths } from "../../sandbox/paths.ts";
import { ensureTools } from "../../sandbox/programs/tools.ts";

/** promtool, built or found; a build is reported as it goes. */
export async function promtool(): Promise<string> {
  const tools = await ensureTools(["promtool"], sandboxPaths(), createReport());
  return tools.promtool;
}
