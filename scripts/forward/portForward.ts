import { z } from "zod";
import { serviceHost } from "../../catalog/names.ts";
import { UserError } from "../../cli/errors.ts";

/** One endpoint of the cluster that is brought to this machine. */
export interface PortForward {
  /** Name of the endpoint, such as `grafana`. */
  readonly name: string;
  /** Arguments of kubectl. */
  readonly args: readonly string[];
  /** Where it is then, such as `http://localhost:3000`. */
  readonly link: string;
}

/** Such as `kubectl port-forward --context kind-fluffy --namespace observability service/grafana-service 3000:3000`. */
const command =
  /^kubectl port-forward (?:--context ('(?:[^']|'\\'')*'|[^\s';]+) )?--namespace (\S+) (service\/(\S+)) ((\d+):\d+)$/;

/**
 * The port-forwards of a stack, each in the context that the stack is installed into. Another output is the URL inside the cluster, which says
 * whether it is over TLS.
 *
 * @param output what `pulumi stack output --json` printed
 * @throws UserError when that is no output of the platform
 */
export function portForwards(output: string): PortForward[] {
  const outputs = z.record(z.string(), z.unknown()).catch({}).parse(parse(output));
  const { portForwards: given = null } = outputs;
  const commands = z.record(z.string(), z.string()).safeParse(given);
  if (!commands.success)
    throw new UserError(`the output portForwards is ${JSON.stringify(given)}, not commands by name`);
  return Object.entries(commands.data).map(([name, text]) => {
    const [, context, namespace = "", target = "", service = "", ports = "", port] = command.exec(text) ?? [];
    if (port === undefined) throw new UserError(`the output portForwards.${name} is no port-forward: ${text}`);
    const chosen = context === undefined ? [] : ["--context", unquoted(context)];
    const args = ["port-forward", ...chosen, "--namespace", namespace, target, ports];
    const encrypted = Object.values(outputs).includes(`https://${serviceHost(service, namespace)}:${port}`);
    return { name, args, link: `${encrypted ? "https" : "http"}://localhost:${port}` };
  });
}

/** A word as a shell reads it: the stack quotes a context that holds blanks and the like. */
function unquoted(word: string): string {
  return word.startsWith("'") ? word.slice(1, -1).replaceAll(`'\\''`, "'") : word;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
