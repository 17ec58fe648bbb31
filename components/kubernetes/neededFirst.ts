import type * as pulumi from "@pulumi/pulumi";

/** Options of a component that has custom resources. */
export interface OperatedOptions extends Omit<pulumi.ComponentResourceOptions, "dependsOn"> {
  /** What must be there before its custom resources, such as their operator. @default nothing */
  readonly dependsOn?: readonly pulumi.Resource[];
}

/** What of a component waits, and what does not. */
export interface NeededFirst {
  /** The component's own options. */
  readonly component: pulumi.ComponentResourceOptions;
  /** `dependsOn` of a custom resource: what it needs of the component itself, and what the component was given. */
  readonly after: (...own: readonly pulumi.Resource[]) => pulumi.Resource[];
}

/**
 * Takes `dependsOn` off a component's options, for its custom resources alone. A component waits with all its children, and accounts, rights and
 * passwords need no operator: they are made, and deleted, beside what takes long.
 */
export function neededFirst({ dependsOn = [], ...component }: OperatedOptions): NeededFirst {
  return { component, after: (...own) => [...own, ...dependsOn] };
}
