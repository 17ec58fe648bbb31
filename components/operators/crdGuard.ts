import * as pulumi from "@pulumi/pulumi";
import type { ArtifactsRequest } from "../artifacts/artifacts.ts";
import { SettingsError } from "../projectConfig.ts";
import { releaseType } from "./releaseDescription.ts";

/** What the stack's state holds, by URN: types and outputs of its resources. */
export type StackState = Readonly<Record<string, { readonly type?: unknown; readonly outputs?: unknown }>>;

/** The releases that hold CRDs, with the part of the settings that each belongs to. The OpenTelemetry operator's never goes. */
const releases = [
  { release: "cert-manager", part: "parts.certManager", artifact: "certManager" },
  { release: "prometheus-operator", part: "parts.prometheusOperator", artifact: "prometheusOperator" },
  { release: "grafana-operator-crds", part: "parts.grafana", artifact: "grafanaOperatorCrds" },
  { release: "jaeger-operator", part: "parts.jaeger or jaegerEngine", artifact: "jaegerOperator" },
];

/**
 * Refuses settings by which the next `up` would delete CRDs, and with them every object of their kinds in the whole cluster: those of
 * a part that is switched off while its release was installed with `crdPolicy: delete`. Helm keeps only what its record says. The
 * engine is asked only when a release is not wanted.
 *
 * @param request the operators that the settings ask for
 * @throws SettingsError with one line for each part
 */
export async function refuseCrdLoss(request: ArtifactsRequest): Promise<void> {
  if (unwanted(request).length === 0) return;
  const stackName = `${pulumi.getOrganization()}/${pulumi.getProject()}/${pulumi.getStack()}`;
  // The engine ends by a fault when it is asked for the resources of a stack that has no state. An up has one: the engine saves the
  // stack itself before it runs the program. A preview has one for certain only after an up that succeeded; the up refuses then.
  if (pulumi.runtime.isDryRun()) {
    const last = await read<Readonly<Record<string, unknown>>>("readStackOutputs", { name: stackName });
    if (Object.keys(last).length === 0) return;
  }
  const problems = crdLosses(request, await read<StackState>("readStackResourceOutputs", { stackName }));
  if (problems.length > 0) throw new SettingsError(problems);
}

/** What the engine knows of the stack's last update. */
async function read<Outputs>(what: string, of: Readonly<Record<string, string>>): Promise<Outputs> {
  const { outputs } = (await pulumi.runtime.invoke(`pulumi:pulumi:${what}`, of)) as { outputs: Outputs };
  return outputs;
}

/** The releases with CRDs that the settings do not ask for. */
function unwanted({ bundles, charts }: ArtifactsRequest): typeof releases {
  const wanted = new Set([...Object.keys(bundles), ...Object.keys(charts)]);
  return releases.filter(({ artifact }) => !wanted.has(artifact));
}

/** The same as a pure function: one line for each part whose CRDs would go. */
export function crdLosses(request: ArtifactsRequest, state: StackState): string[] {
  return unwanted(request)
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
