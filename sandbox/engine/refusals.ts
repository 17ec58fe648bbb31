import { UserError } from "../../cli/errors.ts";
import { project as platform } from "../../settings/parse.ts";
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
 * Refuses to destroy the platform while a stack of another project is in the cluster: what it uses of the platform, its objects or their
 * kinds, goes with it.
 *
 * @throws UserError naming that stack and what to do.
 */
export function refuseWhileUsed(project: string, options: Options, stacks: readonly StackSummary[]): void {
  const { stack, state, port } = options;
  const user = stacks.find((found) => found.project !== project && found.count > 0);
  if (project !== platform || user === undefined) return;
  const command = commandLine("destroy", { state, port, stack: user.stack, project: `<folder of ${user.project}>` });
  throw new UserError(
    `stack ${user.project}/${user.stack} is in this sandbox and may use what ${project}/${stack} has made: first run "${command}"`,
  );
}
