import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { BundleChart } from "../../artifacts/artifacts.ts";

const releaseAnnotation = "fluffy-observability/gate";

/** Seconds until a webhook without a CA is an error. */
const timeoutSeconds = 300;

/**
 * Holds back what depends on it until cert-manager has put its CA into an operator's webhooks: a Deployment that is
 * ready is not yet a webhook that works, and a custom resource that comes too early is refused.
 *
 * The names come from the release manifest: a patch on a name that does not exist would create an empty configuration.
 *
 * @param chart the operator's wrapped release manifest
 * @param opts its parent, and the release
 */
export function webhookGate(chart: BundleChart, opts: pulumi.CustomResourceOptions): pulumi.CustomResource[] {
  const { v1 } = kubernetes.admissionregistration;
  return [
    ...chart.mutatingWebhookConfigurations.map(
      (name) => new v1.MutatingWebhookConfigurationPatch(name, { metadata: gateMetadata(name, chart) }, opts),
    ),
    ...chart.validatingWebhookConfigurations.map(
      (name) => new v1.ValidatingWebhookConfigurationPatch(name, { metadata: gateMetadata(name, chart) }, opts),
    ),
  ];
}

/** The annotations that make Pulumi wait, as a pure function. */
export function gateMetadata(
  name: string,
  chart: Pick<BundleChart, "name" | "version">,
): { name: string; annotations: Record<string, string> } {
  const release = `${chart.name}-${chart.version}`;
  return {
    name,
    annotations: {
      "pulumi.com/waitFor": waitFor(release),
      "pulumi.com/patchForce": "true",
      "pulumi.com/timeoutSeconds": String(timeoutSeconds),
      // A gate waits when it changes: with the version in it, an upgrade passes it again.
      [releaseAnnotation]: release,
      "fluffy-observability/wait-hint":
        "waits for cert-manager to inject its CA; look at: kubectl get certificates --all-namespaces; " +
        "kubectl --namespace cert-manager logs deployment/cert-manager-cainjector",
    },
  };
}

/**
 * A CA, on an object that has the gate's own annotations. The provider looks at the copy that it has from its watch, and
 * that may be the object before the patch: a CA alone would do, the state would keep the old copy, and the next preview
 * would show an update that is none. So what changes the gate has to change this annotation: its value with the release, its
 * name with all else.
 */
function waitFor(release: string): string {
  return JSON.stringify([
    "jsonpath={.webhooks[*].clientConfig.caBundle}",
    `jsonpath={.metadata.annotations["${releaseAnnotation}"]}=${release}`,
  ]);
}
