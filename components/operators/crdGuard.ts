import type { ArtifactsRequest } from "../../artifacts/artifacts.ts";
import { artifactsRequest } from "../../artifacts/request.ts";
import { SettingsError } from "../../settings/config.ts";
import type { Settings } from "../../settings/read.ts";
import { readStackState, type StackState } from "../kubernetes/stackState.ts";
import { releaseType } from "./releaseDescription.ts";

/** The releases that hold CRDs, with the part of the settings that each belongs to. The OpenTelemetry operator's never goes. */
const releases = [
  { release: "cert-manager", part: "parts.certManager", artifact: "certManager" },
  { release: "prometheus-operator", part: "parts.prometheusOperator", artifact: "prometheusOperator" },
  { release: "grafana-operator-crds", part: "parts.grafana", artifact: "grafanaOperatorCrds" },
  { release: "jaeger-operator", part: "parts.jaeger or jaegerEngine", artifact: "jaegerOperator" },
];

/**
 * What the stack had before this run. Refuses settings by which the next `up` would delete CRDs, and with them every object of their
 * kinds in the whole cluster: those of a part that is switched off while its release was installed with `crdPolicy: delete`. Helm
 * keeps only what its record says.
 *
 * @throws SettingsError with one line for each part
 */
export async function guardedState(settings: Settings): Promise<StackState> {
  const state = await readStackState(settings);
  const problems = crdLosses(artifactsRequest(settings), state);
  if (problems.length > 0) throw new SettingsError(problems);
  return state;
}

/** One line for each part whose CRDs would go. */
export function crdLosses({ bundles, charts }: ArtifactsRequest, state: StackState): string[] {
  const wanted = new Set([...Object.keys(bundles), ...Object.keys(charts)]);
  return releases
    .filter(({ artifact }) => !wanted.has(artifact))
    .filter(({ release }) => Object.values(state).some((resource) => deletesCrds(resource, release)))
    .map(
      ({ release, part }) =>
        `fluffy-observability:${part} takes release ${release} away, whose CRDs would go with every object of their kinds in the whole ` +
        "cluster: switch it on again, set crdPolicy to keep, run pulumi up, and switch it off then",
    );
}

/** What a release in the state says about its CRDs: the values of cert-manager's chart, or the patches of a wrapped manifest. */
interface ReleaseOutputs {
  readonly name?: string;
  readonly values?: { readonly crdPolicy?: string; readonly crds?: { readonly keep?: boolean } };
}

function deletesCrds({ type, outputs }: StackState[string], release: string): boolean {
  if (type !== releaseType) return false;
  const { name, values } = (outputs ?? {}) as ReleaseOutputs;
  return name === release && (values?.crdPolicy === "delete" || values?.crds?.keep === false);
}
