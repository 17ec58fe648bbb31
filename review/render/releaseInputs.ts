import { UserError } from "../../cli/errors.ts";
import type { ChartSource } from "./chart.ts";

/** A Helm release as the program asks for it. */
export interface ReleaseInputs extends ChartSource {
  name: string;
  namespace: string;
  values: Record<string, unknown>;
  /** Undo what failed. */
  atomic: boolean;
  createNamespace: boolean;
  skipCrds: boolean;
  /** Do not wait for its objects. */
  skipAwait: boolean;
  /** Seconds that Helm may wait. */
  timeout: number;
}

/** As in the provider. */
const DEFAULT_TIMEOUT_SECONDS = 300;

/** What is understood; "compat" is the SDK's own mark, the description is in Helm's record only. */
const KNOWN = new Set(
  ["chart", "version", "repositoryOpts", "name", "namespace", "values", "compat"].concat([
    "atomic",
    "createNamespace",
    "description",
    "skipCrds",
    "skipAwait",
    "timeout",
  ]),
);

/**
 * Reads the inputs of a `kubernetes:helm.sh/v3:Release`.
 *
 * @param resourceName Pulumi's name of the resource: the release's name where it has none of its own
 * @throws UserError for an input that the sandbox does not pass to Helm: it must not be ignored silently.
 */
export function readReleaseInputs(inputs: Record<string, unknown>, resourceName: string): ReleaseInputs {
  const unknown = Object.keys(inputs).find((name) => !KNOWN.has(name));
  if (unknown !== undefined) throw new UserError(`the sandbox cannot pass the input "${unknown}" to Helm`);
  if (typeof inputs.chart !== "string") throw new UserError("a release needs a chart");
  const { repo } = (inputs.repositoryOpts ?? {}) as { repo?: string };
  return {
    chart: inputs.chart,
    ...(typeof inputs.version === "string" ? { version: inputs.version } : {}),
    ...(repo === undefined ? {} : { repo }),
    name: typeof inputs.name === "string" ? inputs.name : resourceName,
    namespace: typeof inputs.namespace === "string" ? inputs.namespace : "default",
    // Through JSON: undefined values are no values, as in what Helm writes down.
    values: JSON.parse(JSON.stringify(inputs.values ?? {})) as Record<string, unknown>,
    atomic: inputs.atomic === true,
    createNamespace: inputs.createNamespace === true,
    skipCrds: inputs.skipCrds === true,
    skipAwait: inputs.skipAwait === true,
    timeout: typeof inputs.timeout === "number" ? inputs.timeout : DEFAULT_TIMEOUT_SECONDS,
  };
}
