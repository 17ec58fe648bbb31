import { existsSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { LocalWorkspace } from "@pulumi/pulumi/automation/localWorkspace.js";
import { Stack } from "@pulumi/pulumi/automation/stack.js";
import { load } from "js-yaml";
import type { PulumiProject } from "../../settings/stackFile.ts";
import { engineCommand } from "./command.ts";
import { type EngineHome, pulumiOf } from "./home.ts";
import { stateFile } from "./states.ts";

/** Folder that holds the project file and the settings of a stack as the engine reads them. */
export function workspaceFolder(engine: EngineHome, project: string, stack: string): string {
  return path.join(engine.workspaces, `${project}.${stack}`);
}

/**
 * Opens a stack of the sandbox's backend, or makes it, with the settings that it has now.
 *
 * @param program what registers the resources
 */
export async function openStack(
  engine: EngineHome,
  project: PulumiProject,
  stack: string,
  program: PulumiFn,
): Promise<Stack> {
  const workDir = workspaceFolder(engine, project.name, stack);
  mkdirSync(workDir, { recursive: true, mode: 0o700 });
  const workspace = await LocalWorkspace.create({
    workDir,
    program,
    pulumiCommand: engineCommand(pulumiOf(engine)),
    // The program's own folder is where relative paths, such as those of charts, start.
    projectSettings: { ...project.definition, name: project.name, main: project.program, runtime: runtimeOf(project) },
    stackSettings: { [stack]: { ...saltOf(path.join(workDir, `Pulumi.${stack}.yaml`)), config: project.values } },
  });
  // Selected when it was made: the API would start the engine only to select it again.
  workspace.selectStack = () => Promise.resolve();
  const isThere = existsSync(stateFile(engine, project.name, stack));
  const opened = await (isThere ? Stack.select(stack, workspace) : Stack.create(stack, workspace));
  // After each run the API asks for outputs and history, by three processes of the engine: no verb reads them.
  return Object.assign(opened, { outputs: () => Promise.resolve({}), info: () => Promise.resolve(undefined) });
}

function runtimeOf({ definition }: PulumiProject) {
  return (definition.runtime ?? "nodejs") as { name: string; options?: Record<string, unknown> };
}

/** What the engine itself has written into the settings: the salt that goes with the passphrase. */
function saltOf(file: string): { encryptionSalt?: string } {
  if (!existsSync(file)) return {};
  const { encryptionsalt } = (load(readFileSync(file, "utf8")) ?? {}) as { encryptionsalt?: string };
  return encryptionsalt === undefined ? {} : { encryptionSalt: encryptionsalt };
}
