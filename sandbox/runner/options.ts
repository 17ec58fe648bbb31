import type * as pulumi from "@pulumi/pulumi";

/** What the SDK's mock monitor does not tell about a resource. */
export interface RecordedOptions {
  /** "type name" of the component above it; empty at the top. */
  parent: string;
  /** Its `customTimeouts`, as Pulumi writes durations. */
  timeouts: { create?: string; update?: string };
}

/** Records resource options as a resource transformation sees them. */
export class OptionsRecorder {
  readonly #options = new Map<string, RecordedOptions>();
  readonly #names = new WeakMap<pulumi.Resource, string>();

  /** To be called for every resource, parents first as the SDK does. */
  record({ resource, type, name, opts }: pulumi.ResourceTransformationArgs): void {
    const { create, update } = opts.customTimeouts ?? {};
    this.#names.set(resource, `${type} ${name}`);
    this.#options.set(`${type} ${name}`, {
      parent: (opts.parent && this.#names.get(opts.parent)) ?? "",
      timeouts: { ...(create === undefined ? {} : { create }), ...(update === undefined ? {} : { update }) },
    });
  }

  /** The options of a resource; resources of one type and name are told apart by nothing else. */
  of({ type, name }: { type: string; name: string }): RecordedOptions {
    return this.#options.get(`${type} ${name}`) ?? { parent: "", timeouts: {} };
  }
}
