import type { ManifestObject } from "../../../artifacts/manifests/manifest.ts";
import { operatorImages } from "../../../catalog/versions.ts";
import { crd, operator } from "./objects.ts";

const group = "grafana.integreatly.org";

/** As upstream's file of CRDs. */
export function grafanaOperatorCrds(): ManifestObject[] {
  const kinds = ["GrafanaDashboard", "GrafanaDatasource", "GrafanaFolder", "Grafana"];
  return kinds.map((kind) => crd({ group, kind, versions: [{ name: "v1beta1" }] }));
}

/** The objects of upstream's chart, its CRDs left out. */
export function grafanaOperator(namespace: string): ManifestObject[] {
  return operator({
    name: "grafana-operator",
    namespace,
    image: operatorImages.grafanaOperator[0],
    args: ["--health-probe-bind-address=:8081", "--leader-elect"],
    apiGroups: [group, "apps"],
  });
}
