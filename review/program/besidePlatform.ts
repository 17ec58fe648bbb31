import { record, type Registered, type SavedOutputs } from "./program.ts";

/** How a program of another project ended. */
export interface ProjectRun {
  /** What it registered, StackReferences included, components not. */
  readonly registered: readonly Registered[];
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
  { name, config }: { name: string; config: Readonly<Record<string, string>> },
  program: () => Promise<Record<string, unknown>>,
): Promise<ProjectRun> {
  const registered: Registered[] = [];
  const ended = await record({ project: name, config, saved: platform, program }, registered).then(
    ({ outputs }) => ({ outputs, error: undefined }),
    (error: unknown) => ({ outputs: {}, error }),
  );
  return { ...ended, registered: registered.filter(({ custom }) => custom) };
}
