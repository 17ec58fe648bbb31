import { Option } from "commander";
import { shellQuote } from "../catalog/shellQuote.ts";
import { npmCommand, runScript } from "../cli/command.ts";
import { clusterOf } from "../recovery/cluster.ts";
import { remains } from "../recovery/remains.ts";

const command = npmCommand(
  "remains",
  "Lists what a destroyed stack has left in a cluster, each with the command that removes it; changes nothing.",
  "--context kind-fluffy",
).addOption(new Option("--context <context>", "context of the kubeconfig").default("", "the current one"));

await runScript(command, async () => {
  const { context } = command.opts<{ context: string }>();
  const cluster = clusterOf("kubectl", context);
  const name = await cluster.context();
  if (name !== undefined) console.log(`cluster: context ${name}`);
  const kubectl = name === undefined ? "kubectl" : `kubectl --context ${shellQuote(name)}`;
  const lines = await remains((kind) => cluster.objects(kind), kubectl);
  for (const line of lines) console.log(line);
  if (lines.length === 0) console.log("nothing is left in the cluster; folders of its nodes were not looked at");
});
