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
import { type StackPod, stackPods } from "../support/stackPods.ts";

/** Where the table stands. */
export const costsBlock = { page: "docs/costs.md", name: "requests" };

/**
 * Compares the table of docs/costs.md with what the stacks ask for, operators' releases included.
 *
 * @param write put it there
 * @returns whether the page has it now
 */
export async function verifyCosts(project: string, write: boolean): Promise<boolean> {
  const table = await costsTable(project);
  console.log(table);
  const file = join(project, costsBlock.page);
  if (write) writeBlock(file, costsBlock.name, table);
  const text = readFileSync(file, "utf8");
  return replaceBlock(text, costsBlock.name, table) === text;
}

/**
 * What the pods of each stack ask for, all together.
 *
 * @throws where there is no mirror: stand-ins ask for nothing
 */
export async function costsTable(project: string): Promise<string> {
  if (mirror === undefined)
    throw new Error("needs a mirror of the release artifacts: ARTIFACTS_MIRROR names its folder");
  const rows: (string | number)[][] = [];
  for (const stack of stacks) {
    // No lock is recorded of the mirror.
    const config = { ...stackConfig(stack), artifactsMirror: mirror, artifactsLocked: "false" };
    const run = await runProgram({ config, stack });
    const releases = await releaseObjects(run, sandboxPaths(), toolVersion("kube-apiserver", project));
    const pods = stackPods(run, releases);
    rows.push(row(`\`${stack}\``, pods));
    rows.push(
      row(
        `\`${stack}\`, for each further node`,
        pods.filter(({ replicas }) => replicas === "each node"),
      ),
    );
  }
  return markdownTable(["Stack", "Pods", "CPU requests", "Memory requests", "Memory limits", "Volumes"], rows);
}

function row(stack: string, found: readonly StackPod[]): (string | number)[] {
  const { pods, cpu, memory, memoryLimit, volumes }: PodCosts = podCosts(found);
  return [stack, pods, `${cpu}m`, `${memory} MiB`, `${memoryLimit} MiB`, `${volumes} GiB`];
}
