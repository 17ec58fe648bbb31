import { dump } from "js-yaml";
import { type ManifestObject, formatManifest } from "../manifests/manifest.ts";
import { type charts, operatorImages } from "../../catalog/versions.ts";
import { grafanaGroup } from "./bundles.ts";
import { crd, operator, service, webhookConfiguration } from "./objects.ts";

/** In a chart's files, what the release's namespace is put in for. */
const namespace = "release-namespace";

const printFile = (path: string) => `{{ .Files.Get ${path} | replace "${namespace}" .Release.Namespace }}\n`;

function whenEnabled(value: string, path: string): string {
  return `{{ if .Values.${value}.enabled }}${printFile(path).trimEnd()}{{ end }}\n`;
}

/** Files of each chart, besides its Chart.yaml. */
export const chartFiles: Record<keyof typeof charts, () => Record<string, string>> = {
  certManager: () => ({
    // The defaults of upstream's chart.
    "values.yaml": dump({ crds: { enabled: false }, startupapicheck: { enabled: true } }),
    "files/crds.yaml": formatManifest(certManagerCrds()),
    "files/objects.yaml": formatManifest(certManager()),
    "files/check.yaml": formatManifest([startUpCheck()]),
    "templates/crds.yaml": whenEnabled("crds", `"files/crds.yaml"`),
    "templates/objects.yaml": printFile(`"files/objects.yaml"`),
    "templates/check.yaml": whenEnabled("startupapicheck", `"files/check.yaml"`),
  }),
  grafanaOperator: () => ({
    "files/objects.yaml": formatManifest(grafanaOperator()),
    "templates/objects.yaml": printFile(`"files/objects.yaml"`),
  }),
};

const group = "cert-manager.io";

/** Those that the operators' manifests make objects of. */
function certManagerCrds(): ManifestObject[] {
  const v1 = { group, versions: ["v1"] };
  return [
    crd({ ...v1, kind: "Certificate", shortNames: ["cert", "certs"] }),
    crd({ ...v1, kind: "ClusterIssuer", shortNames: ["ciss"], scope: "Cluster" }),
    crd({ ...v1, kind: "Issuer", shortNames: ["iss"] }),
  ];
}

function certManager(): ManifestObject[] {
  const [controllerImage = "", webhookImage = "", cainjectorImage = "", acmeSolverImage = ""] =
    operatorImages.certManager;
  const webhook = "cert-manager-webhook";
  const deployment = (name: string, image: string, args?: string[]) =>
    operator({ name, namespace, images: { [name]: image }, apiGroups: [group], ...(args ? { args } : {}) });
  const configuration = (type: "Mutating" | "Validating", path: string) =>
    webhookConfiguration(type, webhook, { "cert-manager.io/inject-ca-from-secret": `${namespace}/${webhook}-ca` }, [
      {
        name: "webhook.cert-manager.io",
        service: { name: webhook, namespace, path },
        ...{ resource: `${group}/v1/certificaterequests`, operations: ["CREATE"], failurePolicy: "Fail" },
      },
    ]);
  return [
    ...deployment("cert-manager-cainjector", cainjectorImage),
    ...deployment("cert-manager", controllerImage, [`--acme-http01-solver-image=${acmeSolverImage}`]),
    ...deployment(webhook, webhookImage),
    service(webhook, webhook, namespace, 443),
    configuration("Mutating", "/mutate"),
    configuration("Validating", "/validate"),
  ];
}

/** The hook that ends when the webhook answers. */
function startUpCheck(): ManifestObject {
  const name = "cert-manager-startupapicheck";
  const [, , , , image] = operatorImages.certManager;
  const annotations = {
    "helm.sh/hook": "post-install",
    "helm.sh/hook-delete-policy": "before-hook-creation,hook-succeeded",
  };
  const containers = [{ name, image, args: ["check", "api", "--wait=1m"] }];
  return {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { name, namespace, annotations },
    spec: { template: { spec: { restartPolicy: "OnFailure", serviceAccountName: "cert-manager", containers } } },
  };
}

/** Its CRDs are a release manifest of their own. */
function grafanaOperator(): ManifestObject[] {
  const name = "grafana-operator";
  const [image] = operatorImages.grafanaOperator;
  return operator({
    ...{ name, namespace, images: { [name]: image } },
    args: ["--health-probe-bind-address=:8081", "--leader-elect"],
    apiGroups: [grafanaGroup, "apps"],
  });
}
