import { patchStatus, stage, type Stage } from "./stage.ts";

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

function certManager(kind: string, reason: string, message: string): Stage {
  return stage({
    name: `${kind.toLowerCase()}-ready`,
    target: { apiVersion: "cert-manager.io/v1", kind },
    when: conditionMissing("Ready"),
    steps: [patchStatus(`conditions:\n${condition("Ready", reason, message)}`)],
  });
}

/** Prometheus and Alertmanager: all replicas there. */
function prometheusOperator(kind: string): Stage {
  return stage({
    name: `${kind.toLowerCase()}-available`,
    target: { apiVersion: "monitoring.coreos.com/v1", kind },
    when: conditionMissing("Reconciled"),
    steps: [
      patchStatus(`{{ $replicas := .spec.replicas | default 1 }}
paused: {{ .spec.paused | default false }}
replicas: {{ $replicas }}
availableReplicas: {{ $replicas }}
updatedReplicas: {{ $replicas }}
unavailableReplicas: 0
conditions:
${condition("Available", "", "")}
${condition("Reconciled", "", "")}`),
    ],
  });
}

/** What the operators report of custom resources that they have taken in: one stage a kind. */
export const customResourceStages: Stage[] = [
  certManager("Certificate", "Ready", "Certificate is up to date and has not expired"),
  certManager("Issuer", "IsReady", ""),
  certManager("ClusterIssuer", "IsReady", ""),
  prometheusOperator("Prometheus"),
  prometheusOperator("Alertmanager"),
  stage({
    name: "opentelemetrycollector-ready",
    target: { apiVersion: "opentelemetry.io/v1beta1", kind: "OpenTelemetryCollector" },
    when: conditionMissing("Ready"),
    steps: [
      patchStatus(`{{ $replicas := .spec.replicas | default 1 }}
image: {{ .spec.image | default "" | Quote }}
observedGeneration: {{ .metadata.generation }}
scale: { replicas: {{ $replicas }}, statusReplicas: "{{ $replicas }}/{{ $replicas }}" }
conditions:
${condition("Ready", "Reconciled", "Successfully reconciled")}`),
    ],
  }),
  stage({
    name: "jaeger-running",
    target: { apiVersion: "jaegertracing.io/v1", kind: "Jaeger" },
    when: `.status.phase != "Running"`,
    // The version is what the operator reports of itself: 0.0.0 where it does not know.
    steps: [patchStatus(`{ phase: Running, version: 0.0.0 }`)],
  }),
  stage({
    name: "grafana-complete",
    target: { apiVersion: "grafana.integreatly.org/v1beta1", kind: "Grafana" },
    when: `.status.stageStatus != "success"`,
    steps: [
      patchStatus(`
stage: complete
stageStatus: success
adminUrl: http://{{ .metadata.name }}-service.{{ .metadata.namespace }}:3000`),
    ],
  }),
];
