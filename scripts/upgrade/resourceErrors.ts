import type { CrdSchema, MirroredCrd } from "../../review/crds/mirroredCrds.ts";
import { schemaErrors } from "../../review/crds/schemaErrors.ts";

/** A custom resource that the program registers. */
export interface CustomResource {
  /** The stack or the variant that registers it. */
  readonly where: string;
  /** Kind and name, such as `Prometheus Prometheus-prometheus`. */
  readonly label: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/**
 * What the API server would refuse in the program's custom resources after an upgrade: fields that are no longer there, fields that are required
 * now and not set, other types and values. Resources of other operators do not count.
 *
 * @returns a line for each error, with the stacks and variants that have it
 * @param before CRDs of the release that is installed; a kind that is no longer in `after` is an error
 * @param after CRDs of the new release
 */
export function resourceErrors(
  resources: readonly CustomResource[],
  before: readonly MirroredCrd[],
  after: readonly MirroredCrd[],
): string[] {
  const places = new Map<string, string[]>();
  for (const resource of resources) {
    for (const error of errorsOf(resource, before, after)) {
      places.set(error, [...(places.get(error) ?? []), resource.where]);
    }
  }
  return [...places].map(([error, where]) => {
    const more = where.length > 3 ? ` and ${where.length - 3} more` : "";
    return `${error} (${where.slice(0, 3).join(", ")}${more})`;
  });
}

function errorsOf(
  { label, inputs }: CustomResource,
  before: readonly MirroredCrd[],
  after: readonly MirroredCrd[],
): string[] {
  const { apiVersion, kind } = inputs;
  if (typeof apiVersion !== "string" || typeof kind !== "string") return [];
  const schema = schemaOf(after, apiVersion, kind);
  if (schema === undefined) {
    const wasKnown = schemaOf(before, apiVersion, kind) !== undefined;
    return wasKnown ? [`${label}: there is no ${kind} ${apiVersion} any more`] : [];
  }
  // Through JSON: an undefined field is no field. The metadata is checked by the API server itself.
  const content = JSON.parse(JSON.stringify({ ...inputs, metadata: {} })) as unknown;
  return schemaErrors(schema, content, label);
}

function schemaOf(crds: readonly MirroredCrd[], apiVersion: string, kind: string): CrdSchema | undefined {
  const [group, version = ""] = apiVersion.split("/");
  return crds.find((crd) => crd.group === group && crd.kind === kind)?.versions[version]?.schema;
}
