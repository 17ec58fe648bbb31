import { Option } from "commander";
import { shellQuote } from "../catalog/shellQuote.ts";
import { npmCommand, runScript, withJson } from "../cli/command.ts";
import { clusterOf } from "../recovery/cluster.ts";
import { remainderLine, remains } from "../recovery/remains.ts";

const command = withJson(
  npmCommand(
    "remains",
    "Lists what a destroyed stack has left in a cluster, each with the command that removes it; changes nothing.",
    "--context kind-fluffy",
  ).addOption(new Option("--context <context>", "context of the kubeconfig").default("", "the current one")),
  `{"context"?, "remains": [{"what", "command"}]}`,
);

await runScript(command, async () => {
  const cluster = clusterOf("kubectl", command.opts<{ context: string }>().context);
  const context = await cluster.context();
  const kubectl = context === undefined ? "kubectl" : `kubectl --context ${shellQuote(context)}`;
  const found = await remains((kind) => cluster.objects(kind), kubectl);
  const nothing = "nothing is left in the cluster; folders of its nodes were not looked at";
  return {
    text: [
      ...(context === undefined ? [] : [`cluster: context ${context}`]),
      ...(found.length === 0 ? [nothing] : found.map(remainderLine)),
    ].join("\n"),
    json: { context, remains: found },
  };
});
