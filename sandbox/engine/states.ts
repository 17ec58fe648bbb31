import { readFileSync } from "node:fs";
import { UserError } from "../../cli/errors.ts";
import type { EngineHome } from "./home.ts";
import { type StateFile, stateFileOf, stateFiles } from "../../recovery/fileBackend.ts";
import { locksIn } from "../../recovery/locks.ts";
import { releaseOf, type ResourceState } from "../../recovery/deployment.ts";
import { brokenOff } from "../../recovery/plan.ts";

/** A stack, and the project that it is of. */
export type StackName = Pick<StateFile, "project" | "stack">;

/** What one stack has, in short. */
export interface StackSummary extends StackName {
  /** Number of its resources, without the stack itself and providers. */
  count: number;
  /** Number of operations that a broken-off run has left, or a recovery of it that was broken off itself. */
  pending: number;
}

interface Checkpoint {
  checkpoint: { latest?: { resources?: ResourceState[]; pending_operations?: unknown[] } };
}

const notCounted = /^pulumi:(pulumi:Stack$|providers:)/;

/** File of a stack's state. */
export function stateFile(engine: EngineHome, project: string, stack: string): string {
  return stateFileOf(engine.backend, project, stack);
}

/**
 * Every stack that the sandbox's backend has, with what it has in the cluster.
 *
 * @throws UserError when a state is torn
 */
export function stacksOf(engine: EngineHome): StackSummary[] {
  return stateFiles(engine.backend).map(({ project, stack, file }) => {
    const { checkpoint } = readState(file);
    const resources = checkpoint.latest?.resources ?? [];
    // Recovery marks a release until the next `up`: whether it came to put Helm's records right, only a look at them says.
    const marked = resources.filter((each) => releaseOf(each) && each.initErrors?.includes(brokenOff));
    return {
      project,
      stack,
      count: resources.filter(({ type }) => !notCounted.test(type)).length,
      pending: (checkpoint.latest?.pending_operations ?? []).length + marked.length,
    };
  });
}

function readState(file: string): Checkpoint {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Checkpoint;
  } catch {
    throw new UserError(
      `${file} is torn, as a full disk leaves it: the next up, preview, refresh or destroy takes its newest copy`,
    );
  }
}

/** Whether a broken-off run has left something of a stack: a lock, or operations that nobody knows the end of. */
export function isBrokenOff(
  engine: EngineHome,
  stacks: readonly StackSummary[],
  { project, stack }: StackName,
): boolean {
  const found = stacks.find((each) => each.project === project && each.stack === stack);
  return (found?.pending ?? 0) > 0 || locksIn(engine.backend, project, stack).length > 0;
}
