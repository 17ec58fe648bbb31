import { z } from "zod";
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
  /^kubectl port-forward (?:--context ('(?:[^']|'\\'')*'|[^\s';]+) )?--namespace (\S+) (\S+) ((\d+):\d+)$/;

/**
 * The port-forwards of a stack, each in the context that the stack is installed into.
 *
 * @param output what `pulumi stack output portForwards --json` printed
 * @throws UserError when that is no output of the platform
 */
export function portForwards(output: string): PortForward[] {
  const commands = z.record(z.string(), z.string()).safeParse(parse(output));
  if (!commands.success) throw new UserError(`the output portForwards is ${output.trim()}, not commands by name`);
  return Object.entries(commands.data).map(([name, text]) => {
    const [, context, namespace = "", target = "", ports = "", port] = command.exec(text) ?? [];
    if (port === undefined) throw new UserError(`the output portForwards.${name} is no port-forward: ${text}`);
    const chosen = context === undefined ? [] : ["--context", unquoted(context)];
    const args = ["port-forward", ...chosen, "--namespace", namespace, target, ports];
    return { name, args, link: `http://localhost:${port}` };
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
