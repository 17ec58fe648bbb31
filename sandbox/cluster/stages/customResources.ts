import { patchStatus, stage, type Stage } from "./stage.ts";

/** The stage for a kind that only exists while its operator is installed. */
export interface OperatorStage {
  /** The kind's plural, which with the group is the name of its CRD. */
  plural: string;
  stage: Stage;
}

/** A condition as operators write it, for the object's present generation. */
function condition(type: string, reason: string, message: string): string {
  return `- type: ${type}
  status: "True"
  reason: "${reason}"
  message: "${message}"
  observedGeneration: {{ .metadata.generation }}
  lastTransitionTime: {{ Now | Quote }}`;
}

/** True until the condition is there for the object's present generation: a changed spec is taken in again. */
function conditionMissing(type: string): string {
  return `.metadata.generation as $generation | any(.status.conditions[]?; .type == "${type}" and .status == "True" and .observedGeneration == $generation) | not`;
}

/** The stage that writes a kind's status. */
function operatorStage(kind: string, apiVersion: string, plural: string, when: string, status: string): OperatorStage {
  const name = `${kind.toLowerCase()}-status`;
  return { plural, stage: stage({ name, target: { apiVersion, kind }, when, steps: [patchStatus(status)] }) };
}

function certManager(kind: string, plural: string, reason: string, message: string): OperatorStage {
  const status = `conditions:\n${condition("Ready", reason, message)}`;
  return operatorStage(kind, "cert-manager.io/v1", plural, conditionMissing("Ready"), status);
}

const collectorStatus = `{{ $replicas := .spec.replicas | default 1 }}
image: {{ .spec.image | default "" | Quote }}
observedGeneration: {{ .metadata.generation }}
scale: { replicas: {{ $replicas }}, statusReplicas: "{{ $replicas }}/{{ $replicas }}" }
conditions:
${condition("Ready", "Reconciled", "Successfully reconciled")}`;

/** The version is what the operator reports of itself: 0.0.0 where it does not know. */
const jaegerStatus = "{ phase: Running, version: 0.0.0 }";

const grafanaStatus = `
stage: complete
stageStatus: success
adminUrl: http://{{ .metadata.name }}-service.{{ .metadata.namespace }}:3000`;

/** What the operators report of custom resources that they have taken in; the Prometheus operator runs and does so itself. */
export const operatorStages: OperatorStage[] = [
  certManager("Certificate", "certificates", "Ready", "Certificate is up to date and has not expired"),
  certManager("Issuer", "issuers", "IsReady", ""),
  certManager("ClusterIssuer", "clusterissuers", "IsReady", ""),
  operatorStage(
    "OpenTelemetryCollector",
    "opentelemetry.io/v1beta1",
    "opentelemetrycollectors",
    conditionMissing("Ready"),
    collectorStatus,
  ),
  operatorStage("Jaeger", "jaegertracing.io/v1", "jaegers", `.status.phase != "Running"`, jaegerStatus),
  operatorStage(
    "Grafana",
    "grafana.integreatly.org/v1beta1",
    "grafanas",
    `.status.stageStatus != "success"`,
    grafanaStatus,
  ),
];
