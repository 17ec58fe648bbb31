import * as pulumi from "@pulumi/pulumi";
import { label } from "./program.ts";

/** What the platform's stack has saved, as the engine gives it to another stack. */
export interface SavedOutputs {
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Names of those that are secret. @default [] */
  readonly secret?: readonly string[];
}

/** How a program of another project ended. */
export interface ProjectRun {
  /** Kind, name and inputs of what it registered, StackReferences included, components not. */
  readonly registered: readonly { label: string; inputs: Record<string, unknown> }[];
  readonly outputs: Readonly<Record<string, unknown>>;
  /** What it threw; undefined when it ran through. */
  readonly error: unknown;
}

/**
 * Runs a program of another project under the SDK's mocks, beside a platform that has given those outputs.
 *
 * @param project its name, and its configuration by key without the project's prefix
 * @param program what it does; gives the outputs
 */
export async function besidePlatform(
  platform: SavedOutputs,
  project: { name: string; config: Readonly<Record<string, string>> },
  program: () => Promise<Record<string, unknown>>,
): Promise<ProjectRun> {
  const registered: { label: string; inputs: Record<string, unknown> }[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs, custom = false }) => {
        const given = inputs as Record<string, unknown>;
        if (custom) registered.push({ label: label(type, name), inputs: given });
        const saved = type === "pulumi:pulumi:StackReference" ? savedState(platform) : {};
        return { id: `${name}-id`, state: { ...given, ...saved } };
      },
      call: ({ inputs }) => inputs as Record<string, unknown>,
    },
    project.name,
    "test",
  );
  const config = Object.entries(project.config).map(([key, value]) => [`${project.name}:${key}`, value] as const);
  pulumi.runtime.setAllConfig(Object.fromEntries(config), []);
  try {
    const outputs = (await pulumi.runtime.runInPulumiStack(program)) as Record<string, unknown>;
    await pulumi.runtime.disconnect();
    return { registered, outputs, error: undefined };
  } catch (error) {
    return { registered, outputs: {}, error };
  }
}

function savedState({ outputs, secret = [] }: SavedOutputs): Record<string, unknown> {
  const entries = Object.entries(outputs).map(([name, value]) => [
    name,
    secret.includes(name) ? pulumi.secret(value) : value,
  ]);
  return { outputs: Object.fromEntries(entries) as unknown, secretOutputNames: [...secret] };
}
