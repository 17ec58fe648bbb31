import { readFileSync } from "node:fs";
import { join } from "node:path";
import { replaceBlock, writeBlock } from "../../cli/markdownBlock.ts";
import { markdownTable } from "../../cli/markdownTable.ts";
import { mirror } from "../../review/program/mirror.ts";
import { runProgram } from "../../review/program/program.ts";
import { stacks } from "../../review/program/runs.ts";
import { stackConfig } from "../../review/program/stackConfig.ts";
import { toolVersion } from "../../sandbox/programs/build.ts";
import { sandboxPaths } from "../../sandbox/paths.ts";
import { type PodCosts, podCosts } from "../support/podCosts.ts";
import { releaseObjects } from "../support/releaseObjects.ts";
import { stackPods } from "../support/stackPods.ts";
import type { Verdict } from "./verdict.ts";

/** Where the table stands. */
export const costsBlock = { page: "docs/costs.md", name: "requests" };

/** What the pods of a stack ask for. */
export interface StackCosts {
  readonly stack: string;
  readonly total: PodCosts;
  /** What each node after the first adds. */
  readonly furtherNode: PodCosts;
}

/**
 * Compares the table of docs/costs.md with what the stacks ask for, operators' releases included.
 *
 * @param write put it there
 * @returns it holds when the page has it now
 */
export async function verifyCosts(project: string, write: boolean): Promise<Verdict> {
  const costs = await stackCosts(project);
  const table = costsTable(costs);
  const file = join(project, costsBlock.page);
  if (write) writeBlock(file, costsBlock.name, table);
  const text = readFileSync(file, "utf8");
  return { holds: replaceBlock(text, costsBlock.name, table) === text, text: table, json: { costs } };
}

/**
 * What the pods of each stack ask for, all together.
 *
 * @throws where there is no mirror: stand-ins ask for nothing
 */
export async function stackCosts(project: string): Promise<StackCosts[]> {
  if (mirror === undefined)
    throw new Error("needs a mirror of the release artifacts: ARTIFACTS_MIRROR names its folder");
  const costs: StackCosts[] = [];
  for (const stack of stacks) {
    // No lock is recorded of the mirror.
    const config = { ...stackConfig(stack), artifactsMirror: mirror, artifactsLocked: "false" };
    const run = await runProgram({ config, stack });
    const releases = await releaseObjects(run, sandboxPaths(), toolVersion("kube-apiserver", project));
    const pods = stackPods(run, releases);
    const onEachNode = pods.filter(({ replicas }) => replicas === "each node");
    costs.push({ stack, total: podCosts(pods), furtherNode: podCosts(onEachNode) });
  }
  return costs;
}

/** The same as a Markdown table. */
export function costsTable(costs: readonly StackCosts[]): string {
  const row = (what: string, { pods, cpu, memory, memoryLimit, volumes }: PodCosts) => {
    return [what, pods, `${cpu}m`, `${memory} MiB`, `${memoryLimit} MiB`, `${volumes} GiB`];
  };
  return markdownTable(
    ["Stack", "Pods", "CPU requests", "Memory requests", "Memory limits", "Volumes"],
    costs.flatMap(({ stack, total, furtherNode }) => [
      row(`\`${stack}\``, total),
      row(`\`${stack}\`, for each further node`, furtherNode),
    ]),
  );
}
