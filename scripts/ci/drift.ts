import { npmCommand, runScript } from "../../cli/command.ts";
import { runCommand } from "../../cli/runCommand.ts";
import { deploymentOf, updatedBetween } from "./deployment.ts";
import { driftState, driftTitle, withStack } from "./driftIssue.ts";
import { runEnvironment } from "./environment.ts";
import { findIssue, writeIssue } from "./github.ts";

const command = npmCommand(
  "ci:drift",
  "Compares a stack's cluster with what its last update wrote down, and opens, updates or closes the one issue about it.",
  "--stack dev",
).requiredOption("--stack <stack>", "stack that is compared");

await runScript(command, async () => {
  process.exitCode = await drift(command.opts<{ stack: string }>().stack);
});

/**
 * A difference is no failure of the run; a comparison that fails is one. While a run updates the stack, the issue stays as it
 * is: the comparison takes no lock, and what it finds then is on its way.
 *
 * @returns the exit code
 */
async function drift(stack: string): Promise<number> {
  const { repository, log } = runEnvironment(process.env);
  const before = await deploymentOf(repository, stack);
  // By the state alone: what the program says of late is no drift, and nothing of it is run.
  const flags = ["--non-interactive", "--color", "never", "--diff", "--preview-only", "--expect-no-changes"];
  const { code, output } = await runCommand("pulumi", ["refresh", "--stack", stack, ...flags], {
    onOutput: (text) => process.stderr.write(text),
  });
  if (updatedBetween(before, await deploymentOf(repository, stack))) {
    console.log(`${stack}: not compared, an update of it was running`);
    return 0;
  }
  const result = { stack, output, succeeded: code === 0, log };
  const issue = await findIssue(repository, "drift");
  const body = withStack(issue?.body ?? "", result, new Date().toISOString().slice(0, 10));
  if (body !== "") await writeIssue(repository, "drift", issue?.number, { title: driftTitle, body });
  else if (issue !== undefined) {
    await writeIssue(repository, "drift", issue.number, { body: "No stack differs any more.", state: "closed" });
  }
  const state = driftState(result);
  console.log(
    `${stack}: ${{ none: "no difference", drift: "the cluster differs", failed: "the comparison failed" }[state]}`,
  );
  return state === "failed" ? 1 : 0;
}
