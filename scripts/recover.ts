import { resolve } from "node:path";
import { checkSettings } from "../stacks/checkSettings.ts";
import { recover } from "../recovery/recover.ts";
import { requirePrograms } from "../cli/cannotRun.ts";
import { npmCommand, runScript, withJson } from "../cli/command.ts";
import { parseStack } from "../cli/stackName.ts";
import { sandboxPaths } from "../sandbox/paths.ts";
import { readProject } from "../settings/stackFile.ts";

const command = withJson(
  npmCommand(
    "recover",
    "Ends a run of pulumi that was broken off well, in any cluster, with your own pulumi and kubectl.",
    "--stack prod",
  )
    .requiredOption("--stack <stack>", "stack whose run was broken off", parseStack)
    .option("--project <folder>", "folder of the Pulumi project", sandboxPaths().project)
    .option("--yes", "do it, instead of only saying what would be done", false),
  `{"stack", "context"?, "steps", "notes", "done"}
  "steps"  lines: what --yes does; empty where no run was broken off
  "notes"  lines: what else is to be known
  "done"   whether the steps were done`,
);

await runScript(command, async (_, print) => {
  const { stack, project: where, yes } = command.opts<{ stack: string; project: string; yes: boolean }>();
  const folder = resolve(where);
  const read = readProject(folder, stack, { encrypted: "replace" });
  // A misspelt kubeContext would be another cluster.
  await checkSettings(read);
  requirePrograms("pulumi", "kubectl");
  const { name: project, config } = read;
  const context = config[`${project}:kubeContext`] ?? "";
  const programs = { pulumi: "pulumi", kubectl: "kubectl", cancel: `pulumi cancel --stack ${stack}` };
  const found = await recover({ ...programs, context, folder, project, stack, yes, print });
  const isBroken = found.steps.length > 0;
  const outcome = yes ? `stack ${stack}: done; go on with pulumi up or destroy` : "nothing was changed: --yes does it";
  return {
    text: isBroken ? outcome : `stack ${stack}: no run of it was broken off`,
    json: { stack, ...found, done: yes && isBroken },
  };
});
