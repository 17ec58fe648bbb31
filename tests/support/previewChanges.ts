/** What a preview would do to the objects of a stack: `Kind name` of each, sorted. */
export interface PreviewChanges {
  readonly create: readonly string[];
  readonly update: readonly string[];
  readonly replace: readonly string[];
  readonly delete: readonly string[];
}

/**
 * Reads a preview as the engine prints it with its differences. Components are in no cluster, and a gate only waits: both are
 * left out, and so is the stack.
 */
export function previewChanges(printed: string): PreviewChanges {
  const steps = [
    ...printed.matchAll(
      /^ *(?:\+-|[+~-]) ?(\S+): \((create|update|replace|delete)\)\n(?:.*\n)?? *\[urn=\S+::(\S+)\]/gm,
    ),
  ];
  const of = (operation: keyof PreviewChanges) =>
    steps
      .filter(([, type = "", done]) => done === operation && /^(kubernetes|random):/.test(type) && !/Patch$/.test(type))
      .map(([, type = "", , name = ""]) => `${type.slice(type.lastIndexOf(":") + 1)} ${name}`)
      .sort();
  return { create: of("create"), update: of("update"), replace: of("replace"), delete: of("delete") };
}
