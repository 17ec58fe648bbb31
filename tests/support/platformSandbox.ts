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
  return { ...Object.fromEntries(values), ...(await reachableArtifacts()), ...changes };
}

/** Settings of a mirror that can be reached here. No lock is recorded of it: tests/artifacts/ has what a lock does. */
export async function reachableArtifacts(): Promise<{ artifactsMirror: string; artifactsLocked: boolean }> {
  return { artifactsMirror: mirror ?? (await standInMirror()), artifactsLocked: false };
}

/** Settings as the CLI hands them over: what is no text is JSON. */
export function asConfig(settings: Readonly<Record<string, unknown>>): Record<string, string> {
  const text = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
  return Object.fromEntries(Object.entries(settings).map(([key, value]) => [key, text(value)]));
}

/** Objects, numbers and booleans as a settings file holds them. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
