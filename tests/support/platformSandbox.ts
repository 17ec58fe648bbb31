import type { SandboxPaths } from "../../sandbox/paths.ts";
import { mirror } from "../../review/program/mirror.ts";
import { sandboxCommand, type SandboxCommand } from "./sandboxRun.ts";
import { stackConfig } from "../../review/program/stackConfig.ts";
import { standInMirror } from "../../review/program/standInMirror.ts";

/** Where the charts and release manifests of the platform come from in cluster tests; tests say which. */
export const artifactsAre = mirror === undefined ? "stand-ins" : "the operators' real manifests";

/** The sandbox's command line for the platform itself. */
export function platformSandbox(paths: () => SandboxPaths): SandboxCommand {
  return sandboxCommand(paths, ".", "fluffy-observability");
}

/**
 * The settings of a stack as its file holds them, with a mirror that can be reached here.
 *
 * @param changes settings that take the place of the stack's
 */
export async function platformSettings(
  stack: string,
  changes: Record<string, unknown> = {},
): Promise<Record<string, unknown>> {
  const values = Object.entries(stackConfig(stack)).map(([key, value]) => [key, parsed(value)] as const);
  const artifactsMirror = mirror ?? (await standInMirror());
  // No lock is recorded of a mirror here: tests/artifacts/ has what a lock does.
  return { ...Object.fromEntries(values), artifactsMirror, artifactsLocked: false, ...changes };
}

/** Objects, numbers and booleans as a settings file holds them. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
