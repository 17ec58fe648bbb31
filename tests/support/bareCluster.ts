import type { FoundCluster } from "../../settings/ownCluster.ts";

/** A cluster that has nothing of what settings depend on. */
export const bareCluster: FoundCluster = {
  context: "shop",
  version: "v1.34.1",
  distribution: "other",
  isAdmin: true,
  hasPlatform: false,
  keptClaims: false,
  metricsServer: "none",
  certManager: "none",
  prometheusOperator: "none",
  monitoringNamespaces: [],
  otherOperators: [],
  gatewayApi: false,
  podSecurity: [],
};
