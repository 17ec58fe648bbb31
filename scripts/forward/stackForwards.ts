import { lastLine, UserError } from "../../cli/errors.ts";
import { runCommand } from "../../cli/runCommand.ts";
import { type PortForward, portForwards } from "./portForward.ts";

/**
 * Asks Pulumi for the port-forwards of a stack.
 *
 * @param stack flags that choose the stack; none for the current one
 * @throws UserError with the last line of what Pulumi said, or when the stack is not the platform's
 */
export async function stackForwards(stack: readonly string[]): Promise<PortForward[]> {
  const args = ["stack", "output", "--json", "--non-interactive", ...stack];
  const { code, stdout, output } = await runCommand("pulumi", args);
  if (code !== 0) throw new UserError(`pulumi ${args.join(" ")}: ${lastLine(output)}`);
  return portForwards(stdout);
}
