import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Option } from "commander";
import { load } from "js-yaml";
import { requirePrograms } from "../cli/cannotRun.ts";
import { npmCommand, runScript } from "../cli/command.ts";
import { UserError } from "../cli/errors.ts";
import { choices, findings, settingsText } from "../settings/ownCluster.ts";
import { parseStack } from "../cli/stackName.ts";
import { ownKeys } from "../settings/stackFile.ts";
import { openCluster, readCluster } from "./init/readCluster.ts";

const command = npmCommand(
  "init",
  "Looks at your cluster, says what it found, and writes a stack's settings file with a comment for each choice. Changes nothing in the cluster. Needs kubectl.",
  "--stack my-cluster",
)
  .requiredOption("--stack <stack>", "name of the new stack", parseStack)
  .addOption(new Option("--context <context>", "context of the kubeconfig").default("", "the current one"))
  .option("--overwrite", "write the file anew where it is there already", false);

await runScript(command, async () => {
  const { stack, context, overwrite } = command.opts<{ stack: string; context: string; overwrite: boolean }>();
  const file = join(resolve(import.meta.dirname, ".."), `Pulumi.${stack}.yaml`);
  if (!overwrite && existsSync(file)) {
    throw new UserError(`${file} is there already: choose another --stack, or --overwrite it`);
  }
  requirePrograms("kubectl");
  const found = await readCluster(await openCluster(context));
  if (found.hasPlatform) {
    throw new UserError(
      `${found.context} has this platform already: settings made of what runs there now would switch its parts off; ` +
        "they stand in the Pulumi.<stack>.yaml that it was installed with",
    );
  }
  for (const line of findings(found)) console.log(line);
  // How the stack's secrets are encrypted stays, whatever else is written anew.
  const before = existsSync(file) ? (load(readFileSync(file, "utf8")) as Record<string, unknown> | null) : null;
  const kept = Object.fromEntries(Object.entries(before ?? {}).filter(([key]) => ownKeys.includes(key)));
  writeFileSync(file, settingsText(stack, choices(stack, found), kept), { flag: overwrite ? "w" : "wx" });
  console.log(`\n${file}: written; read it, and go on with`);
  console.log(`  pulumi stack init ${stack}\n  pulumi preview --diff\n  pulumi up`);
});
