import { npmCommand, runScript } from "../../cli/command.ts";
import { runCommand } from "../../cli/runCommand.ts";
import { runEnvironment } from "./environment.ts";
import { writeComment } from "./github.ts";
import { previewComment } from "./previewReport.ts";

const command = npmCommand(
  "ci:preview",
  "Previews a stack and writes what it says as a comment, also when the preview fails. Ends as the preview ended.",
  "--stack dev --pull-request 12",
)
  .requiredOption("--stack <stack>", "stack that is previewed")
  .option("--pull-request <number>", "pull request that gets the comment (default: it is printed)");

await runScript(command, async () => {
  const { stack, pullRequest } = command.opts<{ stack: string; pullRequest?: string }>();
  const environment = runEnvironment(process.env);
  const flags = ["--non-interactive", "--color", "never", "--diff", "--policy-pack", "policy"];
  const { code, output } = await runCommand("pulumi", ["preview", "--stack", stack, ...flags], {
    // The log has all of it, whatever a comment has room for.
    onOutput: (text) => process.stderr.write(text),
  });
  const comment = previewComment({ stack, output, succeeded: code === 0, log: environment.log });
  if (pullRequest === undefined) console.log(comment);
  else await writeComment(environment, pullRequest, `preview ${stack}`, comment);
  process.exitCode = code ?? 1;
});
