import type { CrdSchema, MirroredCrd } from "../../tests/support/mirroredCrds.ts";
import { schemaErrors } from "../../tests/support/schemaErrors.ts";

/** A custom resource that the program registers. */
export interface CustomResource {
  /** Where it is registered and its label, such as `prod: Prometheus Prometheus-prometheus`. */
  readonly label: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/**
 * What the API server would refuse in the program's custom resources after an upgrade: fields that are no longer there, fields that are required
 * now and not set, other types and values. Resources of other operators do not count.
 *
 * @param before CRDs of the release that is installed; a kind that is no longer in `after` is an error
 * @param after CRDs of the new release
 */
export function resourceErrors(
  resources: readonly CustomResource[],
  before: readonly MirroredCrd[],
  after: readonly MirroredCrd[],
): string[] {
  const errors = resources.flatMap(({ label, inputs }) => {
    const { apiVersion, kind } = inputs;
    if (typeof apiVersion !== "string" || typeof kind !== "string") return [];
    const schema = schemaOf(after, apiVersion, kind);
    if (schema === undefined) {
      return schemaOf(before, apiVersion, kind) === undefined
        ? []
        : [`${label}: there is no ${kind} ${apiVersion} any more`];
    }
    // Through JSON: an undefined field is no field. The metadata is checked by the API server itself.
    const content = JSON.parse(JSON.stringify({ ...inputs, metadata: {} })) as unknown;
    return schemaErrors(schema, content, label);
  });
  return [...new Set(errors)];
}

function schemaOf(crds: readonly MirroredCrd[], apiVersion: string, kind: string): CrdSchema | undefined {
  const [group, version = ""] = apiVersion.split("/");
  return crds.find((crd) => crd.group === group && crd.kind === kind)?.versions[version]?.schema;
}
