const all = ["create", "delete", "get", "list", "patch", "update", "watch"];
const read = ["get", "list", "watch"];

/** Name of the ClusterRole that a RoleBinding in a team's namespace gives to the team. */
export const teamRole = "fluffy-observability-team";

/**
 * What a team needs of the platform in its own namespace: everything here is kept to that namespace by the operators or by the
 * admission policies. Data sources, folders, Prometheuses, ScrapeConfigs, Probes and the like are not among it.
 */
export const teamRules = [
  {
    apiGroups: ["monitoring.coreos.com"],
    resources: ["alertmanagerconfigs", "podmonitors", "prometheusrules", "servicemonitors"],
    verbs: all,
  },
  { apiGroups: ["grafana.integreatly.org"], resources: ["grafanadashboards"], verbs: all },
  // To see why a pod was not injected; the annotation on a pod needs no right.
  { apiGroups: ["opentelemetry.io"], resources: ["instrumentations"], verbs: read },
];
