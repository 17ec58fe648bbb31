import type { ProgramRun } from "./program.ts";
import { stackRun, stacks, teamRun } from "./runs.ts";

/** What golden files are made of, by the name of their folder below tests/golden. */
export const goldenRuns: ReadonlyMap<string, () => Promise<ProgramRun>> = new Map([
  ...stacks.map((stack) => [stack, () => stackRun(stack)] as const),
  ["team-api.dev", teamRun] as const,
]);
