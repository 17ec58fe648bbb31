import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Option } from "commander";
import { load } from "js-yaml";
import { requirePrograms } from "../cli/cannotRun.ts";
import { npmCommand, runScript, withJson } from "../cli/command.ts";
import { UserError } from "../cli/errors.ts";
import { choices, findings, settingsText, warnings } from "../settings/ownCluster.ts";
import { parseStack } from "../cli/stackName.ts";
import { ownKeys } from "../settings/stackFile.ts";
import { openCluster, readCluster } from "./init/readCluster.ts";

const command = withJson(
  npmCommand(
    "init",
    "Looks at your cluster, says what it found, and writes a stack's settings file with a comment for each choice. Changes nothing in the cluster. Needs kubectl.",
    "--stack my-cluster",
  )
    .requiredOption("--stack <stack>", "name of the new stack", parseStack)
    .addOption(new Option("--context <context>", "context of the kubeconfig").default("", "the current one"))
    .option("--overwrite", "write the file anew where it is there already", false),
  `{"stack", "file", "cluster", "warnings", "choices"}
  "cluster"   {"context", "version", "distribution" (kind, OpenShift, other), "isAdmin", "hasPlatform", "keptClaims",
              "metricsServer" (running, not available, none), "certManager" and "prometheusOperator" (running, kinds only, none),
              "monitoringNamespaces", "otherOperators", "gatewayApi", "storageClass"?, "podSecurity"}
  "warnings"  lines
  "choices"   [{"path", "value", "why"}], path is the setting's key, and the entry of its object`,
);

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
  // How the stack's secrets are encrypted stays, whatever else is written anew.
  const before = existsSync(file) ? (load(readFileSync(file, "utf8")) as Record<string, unknown> | null) : null;
  const kept = Object.fromEntries(Object.entries(before ?? {}).filter(([key]) => ownKeys.includes(key)));
  const chosen = choices(stack, found);
  writeFileSync(file, settingsText(stack, chosen, kept), { flag: overwrite ? "w" : "wx" });
  const next = [`  pulumi stack init ${stack}`, "  pulumi preview --diff", "  pulumi up"];
  return {
    text: [...findings(found), "", `${file}: written; read it, and go on with`, ...next].join("\n"),
    json: { stack, file, cluster: found, warnings: warnings(found), choices: chosen },
  };
});
