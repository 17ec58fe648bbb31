import { resolve } from "node:path";
import { checkSettings } from "../stacks/checkSettings.ts";
import { recover } from "../recovery/recover.ts";
import { requirePrograms } from "../cli/cannotRun.ts";
import { npmCommand, runScript } from "../cli/command.ts";
import { parseStack } from "../cli/stackName.ts";
import { sandboxPaths } from "../sandbox/paths.ts";
import { readProject } from "../settings/stackFile.ts";

const command = npmCommand(
  "recover",
  "Ends a run of pulumi that was broken off well, in any cluster, with your own pulumi and kubectl.",
  "--stack prod",
)
  .requiredOption("--stack <stack>", "stack whose run was broken off", parseStack)
  .option("--project <folder>", "folder of the Pulumi project", sandboxPaths().project)
  .option("--yes", "do it, instead of only saying what would be done", false);

await runScript(command, async () => {
  const { stack, project: where, yes } = command.opts<{ stack: string; project: string; yes: boolean }>();
  const folder = resolve(where);
  const read = readProject(folder, stack, { encrypted: "replace" });
  // A misspelt kubeContext would be another cluster.
  await checkSettings(read);
  requirePrograms("pulumi", "kubectl");
  const { name: project, config } = read;
  const context = config[`${project}:kubeContext`] ?? "";
  const print = (line: string) => {
    console.log(line);
  };
  const programs = { pulumi: "pulumi", kubectl: "kubectl", cancel: `pulumi cancel --stack ${stack}` };
  const found = await recover({ ...programs, context, folder, project, stack, yes, print });
  if (found === 0) print(`stack ${stack}: no run of it was broken off`);
  else print(yes ? `stack ${stack}: done; go on with pulumi up or destroy` : "nothing was changed: --yes does it");
});
