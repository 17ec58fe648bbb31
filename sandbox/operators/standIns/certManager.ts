import type { ManifestObject } from "../../../artifacts/manifests/manifest.ts";
import { operatorImages } from "../../../catalog/versions.ts";
import { crd, operator, service } from "./objects.ts";

const group = "cert-manager.io";
const webhook = "cert-manager-webhook";

/** CRDs of upstream's chart: those that the operators' manifests make objects of. */
export function certManagerCrds(): ManifestObject[] {
  const versions = [{ name: "v1" }];
  return [
    crd({ group, kind: "Certificate", shortNames: ["cert", "certs"], versions }),
    crd({ group, kind: "ClusterIssuer", shortNames: ["ciss"], scope: "Cluster", versions }),
    crd({ group, kind: "Issuer", shortNames: ["iss"], versions }),
  ];
}

/** The other objects of upstream's chart. */
export function certManager(namespace: string): ManifestObject[] {
  const [controllerImage, webhookImage, cainjectorImage, acmeSolverImage] = operatorImages.certManager;
  const deployment = (name: string, image: string | undefined, args?: string[]) =>
    operator({ name, namespace, image: String(image), apiGroups: [group], ...(args ? { args } : {}) });
  return [
    ...deployment("cert-manager-cainjector", cainjectorImage),
    ...deployment("cert-manager", controllerImage, [`--acme-http01-solver-image=${String(acmeSolverImage)}`]),
    ...deployment(webhook, webhookImage),
    service(webhook, webhook, namespace, 443),
    webhookConfiguration("MutatingWebhookConfiguration", "/mutate", namespace),
    webhookConfiguration("ValidatingWebhookConfiguration", "/validate", namespace),
  ];
}

/**
 * The hook of upstream's chart that ends when the webhook answers.
 *
 * @param namespace the release's
 */
export function startUpCheck(namespace: string): ManifestObject {
  const name = "cert-manager-startupapicheck";
  const [, , , , image] = operatorImages.certManager;
  return {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: {
      name,
      namespace,
      annotations: {
        "helm.sh/hook": "post-install",
        "helm.sh/hook-delete-policy": "before-hook-creation,hook-succeeded",
      },
    },
    spec: {
      template: {
        spec: {
          restartPolicy: "OnFailure",
          serviceAccountName: "cert-manager",
          containers: [{ name, image, args: ["check", "api", "--wait=1m"] }],
        },
      },
    },
  };
}

function webhookConfiguration(kind: string, path: string, namespace: string): ManifestObject {
  return {
    apiVersion: "admissionregistration.k8s.io/v1",
    kind,
    metadata: {
      name: webhook,
      annotations: { "cert-manager.io/inject-ca-from-secret": `${namespace}/${webhook}-ca` },
    },
    webhooks: [
      {
        name: "webhook.cert-manager.io",
        admissionReviewVersions: ["v1"],
        clientConfig: { service: { name: webhook, namespace, path } },
        failurePolicy: "Fail",
        rules: [
          { apiGroups: [group], apiVersions: ["v1"], operations: ["CREATE"], resources: ["certificaterequests"] },
        ],
        sideEffects: "None",
      },
    ],
  };
}
