import { UserError } from "../../cli/errors.ts";
import { commandLine, type Options } from "../options.ts";
import type { StackSummary } from "./states.ts";

/**
 * Refuses a second stack of a project in the cluster: both would claim the same objects.
 *
 * @throws UserError naming the other stack and what to do.
 */
export function refuseOtherStack(project: string, options: Options, stacks: readonly StackSummary[]): void {
  const other = stacks.find((found) => found.project === project && found.stack !== options.stack && found.count > 0);
  if (other === undefined) return;
  const command = commandLine("destroy", { ...options, configFile: undefined, stack: other.stack });
  throw new UserError(
    `stack "${other.stack}" is in this sandbox: first run "${command}", or use another --state and --port`,
  );
}

/**
 * Refuses to destroy what another project's stack in the cluster uses.
 *
 * @throws UserError naming that stack and what to do.
 */
export function refuseWhileUsed(project: string, options: Options, stacks: readonly StackSummary[]): void {
  const { stack, state, port } = options;
  const user = stacks.find(({ references }) => references.includes(`${project}/${stack}`));
  if (user === undefined) return;
  const command = commandLine("destroy", { state, port, stack: user.stack, project: `<folder of ${user.project}>` });
  throw new UserError(
    `stack ${user.project}/${user.stack} in this sandbox uses the outputs of ${project}/${stack}: first run "${command}"`,
  );
}
