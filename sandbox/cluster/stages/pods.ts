import { patchStatus, stage, type Stage } from "./stage.ts";

const target = { apiVersion: "v1", kind: "Pod" };

/** Statuses of a list of containers that are all in the same state. */
function containerStatuses(field: string, containers: string, ready: boolean, state: string): string {
  return `
{{- with ${containers} }}
${field}:
{{- range . }}
- name: {{ .name | Quote }}
  image: {{ .image | Quote }}
  imageID: ""
  restartCount: 0
  ready: ${ready}
  started: ${ready}
  state: ${state}
{{- end }}
{{- end }}`;
}

const running = "{ running: { startedAt: {{ $now | Quote }} } }";
const completed =
  "{ terminated: { exitCode: 0, reason: Completed, startedAt: {{ $now | Quote }}, finishedAt: {{ $now | Quote }} } }";

function condition(type: string, status: "True" | "False", reason = ""): string {
  return `- { type: ${type}, status: "${status}", reason: "${reason}", lastTransitionTime: {{ $now | Quote }} }`;
}

/** Pods that start at once, pods of Jobs that then complete (chart hooks wait for those), and pods that go away. */
export const podStages: Stage[] = [
  stage({
    name: "pod-ready",
    target,
    when: `.metadata.deletionTimestamp == null and (.status.phase // "Pending") == "Pending"`,
    steps: [
      patchStatus(`{{ $now := Now }}
phase: Running
startTime: {{ $now | Quote }}
hostIP: {{ NodeIPWith .spec.nodeName | Quote }}
podIP: {{ PodIPWith .spec.nodeName (or .spec.hostNetwork false) .metadata.uid .metadata.name .metadata.namespace | Quote }}
conditions:
${condition("Initialized", "True")}
${condition("ContainersReady", "True")}
${condition("Ready", "True")}
${containerStatuses("initContainerStatuses", ".spec.initContainers", true, completed)}
${containerStatuses("containerStatuses", ".spec.containers", true, running)}
`),
    ],
  }),
  stage({
    name: "pod-complete",
    target,
    when: `.metadata.deletionTimestamp == null and .status.phase == "Running" and any(.metadata.ownerReferences[]?; .kind == "Job")`,
    steps: [
      patchStatus(`{{ $now := Now }}
phase: Succeeded
conditions:
${condition("ContainersReady", "False", "PodCompleted")}
${condition("Ready", "False", "PodCompleted")}
${containerStatuses("containerStatuses", ".spec.containers", false, completed)}
`),
    ],
  }),
  stage({
    name: "pod-delete",
    target,
    // A finalizer is taken away by its controller first, as with a real kubelet's last delete call.
    when: `.metadata.deletionTimestamp != null and (.metadata.finalizers // [] | length) == 0`,
    steps: [{ delete: true }],
  }),
];
