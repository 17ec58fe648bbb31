import { patchStatus, stage, type Stage } from "./stage.ts";

const target = { apiVersion: "v1", kind: "Node" };
const ready = `any(.status.conditions[]?; .type == "Ready" and .status == "True")`;

/** Conditions as a healthy kubelet reports them; KWOK's `NodeConditions` lists them without times. */
const conditions = `
conditions:
{{- $now := Now }}
{{- range NodeConditions }}
- type: {{ .type | Quote }}
  status: {{ .status | Quote }}
  reason: {{ .reason | Quote }}
  message: {{ .message | Quote }}
  lastHeartbeatTime: {{ $now | Quote }}
  lastTransitionTime: {{ $.metadata.creationTimestamp | Quote }}
{{- end }}
`;

/** Room for everything the platform asks for, in any environment. */
const size = `{ cpu: "64", memory: 256Gi, ephemeral-storage: 1Ti, pods: "1000" }`;

/** A node that comes up, and one that goes on saying that it is well. */
export const nodeStages: Stage[] = [
  stage({
    name: "node-initialize",
    target,
    when: `${ready} | not`,
    steps: [
      patchStatus(`${conditions}
addresses:
- { type: InternalIP, address: {{ NodeIP | Quote }} }
- { type: Hostname, address: {{ .metadata.name | Quote }} }
capacity: ${size}
allocatable: ${size}
nodeInfo:
  architecture: amd64
  operatingSystem: linux
  bootID: ""
  containerRuntimeVersion: kwok
  kernelVersion: kwok
  kubeProxyVersion: ""
  kubeletVersion: kwok
  machineID: ""
  osImage: ""
  systemUUID: ""
`),
    ],
  }),
  // The controller manager takes a node for lost that has said nothing for 200 s.
  stage({ name: "node-heartbeat", target, when: ready, delay: 60_000, steps: [patchStatus(conditions)] }),
];
