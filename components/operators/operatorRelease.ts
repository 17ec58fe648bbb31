import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { BundleChart, HelmChart } from "../../artifacts/artifacts.ts";
import { releaseDescription } from "./releaseDescription.ts";

/** What all operators' Helm releases share. */
export interface OperatorReleaseArgs {
  /** Fixed name of the release: a kept CRD is taken over only by a release of the same name and namespace. */
  readonly name: string;
  /** Namespace of the release; it must exist. */
  readonly namespace: string;
  /** A chart that Helm fetches or reads, or a release manifest wrapped as one. */
  readonly chart: BundleChart | HelmChart;
  /** Values of the chart. @default - the patches of a wrapped release manifest, so that a preview shows them */
  readonly values?: Record<string, unknown>;
  /** Leave out the chart's `crds/` folder. @default false */
  readonly skipCrds?: boolean;
}

/** Seconds until a release whose pods do not come up is given up and rolled back: images have to be pulled. */
const timeoutSeconds = 600;

/**
 * Registers an operator's Helm release.
 *
 * @param args name, namespace, chart and values
 * @param opts its parent, and what must be there first
 */
export function operatorRelease(
  args: OperatorReleaseArgs,
  opts: pulumi.CustomResourceOptions,
): kubernetes.helm.v3.Release {
  const { name, namespace, chart, values, skipCrds } = args;
  const source = "path" in chart ? { chart: chart.path, values: chart.values } : { ...chart, values };
  return new kubernetes.helm.v3.Release(
    name,
    {
      ...source,
      name,
      namespace,
      description: releaseDescription(pulumi.getProject(), pulumi.getStack()),
      skipCrds,
      // A failed upgrade goes back to the version that worked, and a failed install leaves nothing but CRDs that are kept.
      atomic: true,
      timeout: timeoutSeconds,
    },
    opts,
  );
}
