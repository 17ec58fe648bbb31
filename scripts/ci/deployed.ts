import { parseArgs } from "node:util";
import { errorLine, UserError } from "../../sandbox/errors.ts";
import { deploymentOf } from "./deployment.ts";
import { runEnvironment } from "./environment.ts";

/** `node scripts/run.mjs scripts/ci/deployed.ts --stack dev`: prints the commit that a stack was last updated from, or `HEAD` if it never was. */
async function deployed(args: string[]): Promise<void> {
  const { stack } = parseArgs({ args, options: { stack: { type: "string" } } }).values;
  if (stack === undefined) throw new UserError("usage: node scripts/run.mjs scripts/ci/deployed.ts --stack <stack>");
  const { commit = "HEAD" } = await deploymentOf(runEnvironment(process.env).repository, stack);
  console.log(commit);
}

try {
  await deployed(process.argv.slice(2));
} catch (error) {
  console.error(errorLine(error));
  process.exitCode = 1;
}
