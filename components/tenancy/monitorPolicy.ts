import { namespaces } from "../../catalog/names.ts";
import type { AdmissionPolicy, PolicyValidation } from "./admissionPolicy.ts";
import { highestMonitorLimits } from "./monitorLimits.ts";

/** What is true of every endpoint of the monitor. */
function ofEndpoints(condition: string): string {
  return `variables.endpoints.all(e, ${condition})`;
}

/** What is true of every relabelling in a field of the endpoints. */
function ofRelabelings(field: "relabelings" | "metricRelabelings", condition: string): string {
  return ofEndpoints(`!has(e.${field}) || e.${field}.all(r, ${condition})`);
}

/** Whether a rule that drops or keeps labels by name leaves `namespace` there; without a regex it takes all. */
const keepsNamespace =
  "!has(r.action) || " +
  "(r.action.lowerAscii() != 'labeldrop' || (has(r.regex) && !'namespace'.matches('^(?:' + r.regex + ')$'))) && " +
  "(r.action.lowerAscii() != 'labelkeep' || !has(r.regex) || 'namespace'.matches('^(?:' + r.regex + ')$'))";

const numberLimits = ["sampleLimit", "targetLimit", "labelLimit"] as const;

const limits: PolicyValidation[] = [
  ...numberLimits.map((limit) => ({
    expression: `has(object.spec.${limit}) && object.spec.${limit} > 0 && object.spec.${limit} <= ${highestMonitorLimits[limit]}`,
    message: `spec.${limit} is to be a number from 1 to ${highestMonitorLimits[limit]}: one team's metrics must not fill the Prometheus of all`,
  })),
  {
    expression:
      "has(object.spec.bodySizeLimit) && object.spec.bodySizeLimit.matches('^([1-9][0-9]{0,3}KB|[1-9]MB|[1-4][0-9]MB|50MB)$')",
    message: `spec.bodySizeLimit is to be a whole number of KB (below 10000KB) or MB up to ${highestMonitorLimits.bodySizeLimit}: one team's metrics must not fill the Prometheus of all`,
  },
];

/** Where Prometheus goes for the monitor, and what it takes along. */
const reach: PolicyValidation[] = [
  {
    expression:
      "!has(object.spec.namespaceSelector) || " +
      "((!has(object.spec.namespaceSelector.any) || !object.spec.namespaceSelector.any) && " +
      "(!has(object.spec.namespaceSelector.matchNames) || object.spec.namespaceSelector.matchNames.all(n, n == request.namespace)))",
    message: "spec.namespaceSelector may name the monitor's own namespace only: what runs elsewhere is another team's",
  },
  {
    expression: ofEndpoints(
      "!has(e.bearerTokenFile) && (!has(e.tlsConfig) || " +
        "(!has(e.tlsConfig.caFile) && !has(e.tlsConfig.certFile) && !has(e.tlsConfig.keyFile)))",
    ),
    message:
      "an endpoint may not name files (bearerTokenFile, tlsConfig.caFile, certFile, keyFile): they are Prometheus' own; take " +
      "credentials from a Secret of the namespace",
  },
  {
    expression: ofEndpoints("!has(e.proxyUrl) && !has(e.proxyFromEnvironment) && !has(e.oauth2)"),
    message: "an endpoint may not set proxyUrl, proxyFromEnvironment or oauth2: they make Prometheus ask any address",
  },
  {
    expression: "!has(object.spec.serviceDiscoveryRole) || object.spec.serviceDiscoveryRole != 'EndpointSlice'",
    message: "spec.serviceDiscoveryRole may not be EndpointSlice: Prometheus may read Endpoints only",
  },
  {
    expression:
      "!has(object.spec.attachMetadata) || !has(object.spec.attachMetadata.node) || !object.spec.attachMetadata.node",
    message: "spec.attachMetadata.node may not be true: Prometheus may not read nodes",
  },
];

/** Whose the series are: Prometheus writes the label `namespace` on each, and alerts go by it. */
const identity: PolicyValidation[] = [
  {
    expression: ofEndpoints("!has(e.honorLabels) || !e.honorLabels"),
    message: "an endpoint may not set honorLabels: its target would say itself whose metrics they are",
  },
  {
    expression: ofRelabelings(
      "relabelings",
      "!has(r.targetLabel) || (r.targetLabel != 'namespace' && !r.targetLabel.contains('$') && " +
        "(!r.targetLabel.startsWith('__') || r.targetLabel.startsWith('__tmp_')))",
    ),
    message:
      "relabelings may not write namespace, a label whose name has a $, or one that begins with __ (__tmp_ is allowed): " +
      "address and owner of a target are what Kubernetes says",
  },
  {
    expression: ofRelabelings(
      "metricRelabelings",
      "!has(r.targetLabel) || (r.targetLabel != 'namespace' && !r.targetLabel.contains('$'))",
    ),
    message:
      "metricRelabelings may not write namespace, or a label whose name has a $: alerts go by whose metrics they are",
  },
  ...(["relabelings", "metricRelabelings"] as const).flatMap((field) => [
    {
      expression: ofRelabelings(field, "!has(r.action) || r.action.lowerAscii() != 'labelmap'"),
      message: `${field} may not have the action labelmap: it can write any label; use targetLabels, podTargetLabels or replace`,
    },
    {
      expression: ofRelabelings(field, keepsNamespace),
      message: `${field} may not take the label namespace away: alerts go by whose metrics they are`,
    },
  ]),
  {
    expression:
      "(!has(object.spec.targetLabels) || !('namespace' in object.spec.targetLabels)) && " +
      "(!has(object.spec.podTargetLabels) || !('namespace' in object.spec.podTargetLabels))",
    message: "targetLabels and podTargetLabels may not name namespace: alerts go by whose metrics they are",
  },
];

const openTelemetryOperator = `system:serviceaccount:${namespaces.openTelemetryOperator}:opentelemetry-operator-controller-manager`;

/** What a team's monitor makes Prometheus do: ask the team's own targets, within limits, and call the result the team's. */
export const monitorPolicy: AdmissionPolicy = {
  kinds: [{ apiGroup: "monitoring.coreos.com", resources: ["podmonitors", "servicemonitors"] }],
  // The monitors that the OpenTelemetry operator makes for a collector have no limits and cannot be given any.
  conditions: [{ name: "not-by-operator", expression: `request.userInfo.username != "${openTelemetryOperator}"` }],
  variables: [
    {
      name: "endpoints",
      expression:
        "has(object.spec.endpoints) ? object.spec.endpoints : " +
        "(has(object.spec.podMetricsEndpoints) ? object.spec.podMetricsEndpoints : [])",
    },
  ],
  validations: [...limits, ...reach, ...identity],
};
