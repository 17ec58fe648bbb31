import { parseArgs } from "node:util";
import { errorLine, UserError } from "../../sandbox/errors.ts";
import { runCommand } from "./command.ts";
import { runEnvironment } from "./environment.ts";
import { writeComment } from "./github.ts";
import { previewComment } from "./previewReport.ts";

/**
 * `npm run ci:preview -- --stack dev [--pull-request 12]`: previews a stack and writes what it says as a comment, also when the preview
 * fails; without a pull request it prints the comment. Ends as the preview ended.
 */
async function preview(args: string[]): Promise<number> {
  const { stack, "pull-request": pullRequest } = parseArgs({
    args,
    options: { stack: { type: "string" }, "pull-request": { type: "string" } },
  }).values;
  if (stack === undefined)
    throw new UserError("usage: npm run ci:preview -- --stack <stack> [--pull-request <number>]");
  const environment = runEnvironment(process.env);
  const flags = ["--non-interactive", "--color", "never", "--diff", "--policy-pack", "policy"];
  const { code, output } = await runCommand("pulumi", ["preview", "--stack", stack, ...flags], {
    // The log has all of it, whatever a comment has room for.
    onOutput: (text) => process.stderr.write(text),
  });
  const comment = previewComment({ stack, output, succeeded: code === 0, log: environment.log });
  if (pullRequest === undefined) console.log(comment);
  else await writeComment(environment, pullRequest, `preview ${stack}`, comment);
  return code ?? 1;
}

try {
  process.exitCode = await preview(process.argv.slice(2));
} catch (error) {
  console.error(errorLine(error));
  process.exitCode = 1;
}
