import type { AdmissionPolicy } from "./admissionPolicy.ts";

const apiGroup = "monitoring.coreos.com";

/**
 * No other Prometheus or Alertmanager: it would take in the monitors, rules and receivers of everybody. The operator is told so
 * too; this says it to who makes the object.
 */
export const instancePolicy: AdmissionPolicy = {
  kinds: [{ apiGroup, resources: ["alertmanagers", "prometheuses", "prometheusagents", "thanosrulers"] }],
  validations: [
    {
      expression: "false",
      message:
        "only namespaces that the platform trusts may have a Prometheus, PrometheusAgent, Alertmanager or ThanosRuler: it " +
        "would collect the configuration of every team; ask for the setting tenancy.trustedNamespaces",
    },
  ],
};

/** No ScrapeConfig and no Probe: they make Prometheus ask any address, in its own name. */
export const scrapeTargetPolicy: AdmissionPolicy = {
  kinds: [{ apiGroup, resources: ["probes", "scrapeconfigs"] }],
  validations: [
    {
      expression: "false",
      message:
        "only namespaces that the platform trusts may have a ScrapeConfig or Probe: it makes Prometheus ask any address; use " +
        "a ServiceMonitor or PodMonitor, or ask for the setting tenancy.trustedNamespaces",
    },
  ],
};
