import { z } from "zod";
import { UserError } from "../../sandbox/errors.ts";

/** One endpoint of the cluster that is brought to this machine. */
export interface PortForward {
  /** Name of the endpoint, such as `grafana`. */
  readonly name: string;
  /** Arguments of kubectl. */
  readonly args: readonly string[];
  /** Where it is then, such as `http://localhost:3000`. */
  readonly link: string;
}

/** Such as `kubectl port-forward --namespace observability service/grafana-service 3000:3000`. */
const command = /^kubectl (port-forward --namespace \S+ \S+ (\d+):\d+)$/;

/**
 * The port-forwards of a stack.
 *
 * @param output what `pulumi stack output portForwards --json` printed
 * @param context context of the kubeconfig; empty for the current one
 * @throws UserError when that is no output of the platform
 */
export function portForwards(output: string, context: string): PortForward[] {
  const commands = z.record(z.string(), z.string()).safeParse(parse(output));
  if (!commands.success) throw new UserError(`the output portForwards is ${output.trim()}, not commands by name`);
  return Object.entries(commands.data).map(([name, text]) => {
    const [, args = "", port] = command.exec(text) ?? [];
    if (port === undefined) throw new UserError(`the output portForwards.${name} is no port-forward: ${text}`);
    const chosen = context === "" ? [] : ["--context", context];
    return { name, args: [...chosen, ...args.split(" ")], link: `http://localhost:${port}` };
  });
}

/**
 * The setting `kubeContext` of a stack.
 *
 * @param config what `pulumi config --json` printed
 */
export function kubeContext(config: string): string {
  const settings = z.record(z.string(), z.object({ value: z.string().optional() })).safeParse(parse(config));
  return (settings.success ? settings.data["fluffy-observability:kubeContext"]?.value : undefined) ?? "";
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
