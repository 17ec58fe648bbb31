import { parseArgs } from "node:util";
import { resolve } from "node:path";
import { recover } from "../recovery/recover.ts";
import { errorLine, UserError } from "../sandbox/errors.ts";
import { sandboxPaths } from "../sandbox/paths.ts";
import { readProject } from "../sandbox/stackFile.ts";

/**
 * `npm run recover -- --stack NAME [--yes]`: ends a run of `pulumi` that was broken off well, in any cluster, with the user's own
 * `pulumi` and `kubectl`. Says what it would do; does it with `--yes`.
 */
async function main(args: string[]): Promise<void> {
  const { stack, folder, yes } = parseOptions(args);
  const { name: project, config } = readProject(folder, stack, { encrypted: "replace" });
  const context = config[`${project}:kubeContext`] ?? "";
  const print = (line: string) => {
    console.log(line);
  };
  const found = await recover({ pulumi: "pulumi", kubectl: "kubectl", context, folder, project, stack, yes, print });
  if (found === 0) print(`stack ${stack}: no run of it was broken off`);
  else print(yes ? `stack ${stack}: done; go on with pulumi up or destroy` : "nothing was changed: --yes does it");
}

function parseOptions(args: string[]): { stack: string; folder: string; yes: boolean } {
  const string = { type: "string" } as const;
  const options = { stack: string, project: string, yes: { type: "boolean", default: false } } as const;
  try {
    const { stack, project, yes } = parseArgs({ args, options }).values;
    if (stack !== undefined) return { stack, folder: resolve(project ?? sandboxPaths().project), yes };
  } catch {
    // Said below.
  }
  throw new UserError("usage: npm run recover -- --stack <stack> [--project <folder>] [--yes]");
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(errorLine(error));
  process.exitCode = 1;
}
