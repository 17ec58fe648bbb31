import {
  collector,
  deployment,
  goodContainer,
  grafana,
  type Inputs,
  jaeger,
  podOf,
  prometheus,
  row,
  type Row,
} from "./row.ts";

const pods = row("pods-are-unprivileged");

const root = "container api does not set runAsNonRoot";
const adding = (...add: string[]) => ({ securityContext: { allowPrivilegeEscalation: false, capabilities: { add } } });
const hostVolume = { volumes: [{ name: "docker", hostPath: { path: "/var/run" } }] };
const emptyVolume = { volumes: [{ name: "docker", emptyDir: {} }] };
const instrumentation = (path: string): Inputs => ({
  kind: "Instrumentation",
  spec: path.split(".").reduceRight<Record<string, unknown>>((held, name) => ({ [name]: held }), { privileged: true }),
});

/** What a pod may not have more than its own, in workloads and in the operators' objects. */
export const privilegeRows: Readonly<Record<string, Row>> = {
  "a privileged container": pods(
    deployment({ securityContext: { privileged: true, allowPrivilegeEscalation: false } }),
    deployment({ securityContext: { privileged: false, allowPrivilegeEscalation: false } }),
    "spec.template.spec.containers[0].securityContext.privileged is true",
  ),
  "a privileged Collector": pods(
    collector({ securityContext: { privileged: true } }),
    // What the Collector itself is told is no field of a pod.
    collector({ config: { receivers: { example: { privileged: true, hostPath: "/" } } } }),
    "spec.securityContext.privileged is true",
  ),
  "a privileged container that a Collector adds": pods(
    collector({ additionalContainers: [{ ...goodContainer, securityContext: { privileged: true } }] }),
    collector({ additionalContainers: [goodContainer] }),
    "spec.additionalContainers[0].securityContext.privileged is true",
  ),
  "a privileged container that is injected": pods(
    instrumentation("initContainerSecurityContext"),
    // No agent for Go without it.
    instrumentation("go.securityContext"),
    "spec.initContainerSecurityContext.privileged is true",
  ),
  escalation: pods(
    deployment({ securityContext: {} }),
    deployment({}),
    "container api does not set allowPrivilegeEscalation to false",
  ),
  "escalation of Jaeger v1": pods(
    jaeger({ containerSecurityContext: { allowPrivilegeEscalation: true } }),
    jaeger({ containerSecurityContext: { allowPrivilegeEscalation: false } }),
    "spec.allInOne.containerSecurityContext.allowPrivilegeEscalation is true",
  ),
  root: pods(deployment({}, { securityContext: {} }), deployment({}), root),
  "root in one container": pods(
    deployment({ securityContext: { allowPrivilegeEscalation: false, runAsNonRoot: false } }),
    deployment({ securityContext: { allowPrivilegeEscalation: false, runAsNonRoot: true } }),
    "spec.template.spec.containers[0].securityContext.runAsNonRoot is false",
  ),
  "root in Prometheus": pods(
    prometheus({ securityContext: { runAsUser: 0 } }),
    prometheus({ securityContext: { runAsUser: 1000 } }),
    "spec.securityContext.runAsUser is 0",
  ),
  "root in a Pod": pods(
    { kind: "Pod", spec: podOf({}, { securityContext: {} }) },
    { kind: "Pod", spec: podOf({}) },
    root,
  ),
  "root in a CronJob": pods(
    { kind: "CronJob", spec: { jobTemplate: { spec: { template: { spec: podOf({}, { securityContext: {} }) } } } } },
    { kind: "CronJob", spec: { jobTemplate: { spec: { template: { spec: podOf({}) } } } } },
    root,
  ),
  ...Object.fromEntries(
    ["hostNetwork", "hostPID", "hostIPC"].flatMap((field) => [
      [
        `${field} of a pod`,
        pods(
          deployment({}, { [field]: true }),
          deployment({}, { [field]: false }),
          `spec.template.spec.${field} is true`,
        ),
      ],
      [`${field} of a Collector`, pods(collector({ [field]: true }), collector({}), `spec.${field} is true`)],
      [
        `${field} of Grafana`,
        pods(
          grafana({ [field]: true }),
          grafana({ [field]: false }),
          `spec.deployment.spec.template.spec.${field} is true`,
        ),
      ],
    ]),
  ),
  "the network of Prometheus' host": pods(
    prometheus({ hostNetwork: true }),
    prometheus({ hostNetwork: false }),
    "spec.hostNetwork is true",
  ),
  "a port of the host": pods(
    deployment({ ports: [{ containerPort: 8000, hostPort: 80 }] }),
    deployment({ ports: [{ containerPort: 8000 }] }),
    "spec.template.spec.containers[0].ports[0].hostPort is 80",
  ),
  "a folder of the host": pods(
    deployment({}, hostVolume),
    deployment({}, emptyVolume),
    'spec.template.spec.volumes[0].hostPath is {"path":"/var/run"}',
  ),
  "a folder of the host in Prometheus": pods(
    prometheus(hostVolume),
    prometheus(emptyVolume),
    'spec.volumes[0].hostPath is {"path":"/var/run"}',
  ),
  "a folder of the host in a PersistentVolume": pods(
    { kind: "PersistentVolume", spec: { hostPath: { path: "/" } } },
    // A schema has such fields for others to fill.
    { kind: "CustomResourceDefinition", spec: { properties: { hostPath: { type: "object" } } } },
    'spec.hostPath is {"path":"/"}',
  ),
  "an added capability": pods(
    deployment(adding("NET_BIND_SERVICE", "SYS_ADMIN")),
    deployment(adding("NET_BIND_SERVICE")),
    "spec.template.spec.containers[0].securityContext.capabilities adds SYS_ADMIN",
  ),
  "an added capability of Jaeger v1": pods(
    jaeger({ containerSecurityContext: { capabilities: { add: ["ALL"] } } }),
    jaeger({ containerSecurityContext: { capabilities: { drop: ["ALL"] } } }),
    "spec.allInOne.containerSecurityContext.capabilities adds ALL",
  ),
  "system calls without a filter": pods(
    prometheus({ securityContext: { seccompProfile: { type: "Unconfined" } } }),
    prometheus({ securityContext: { seccompProfile: { type: "RuntimeDefault" } } }),
    "spec.securityContext.seccompProfile is Unconfined",
  ),
  "no AppArmor": pods(
    deployment({}, { securityContext: { runAsNonRoot: true, appArmorProfile: { type: "Unconfined" } } }),
    deployment({}, { securityContext: { runAsNonRoot: true, appArmorProfile: { type: "RuntimeDefault" } } }),
    "spec.template.spec.securityContext.appArmorProfile is Unconfined",
  ),
  "an unmasked /proc": pods(
    collector({ securityContext: { procMount: "Unmasked" } }),
    collector({ securityContext: { procMount: "Default" } }),
    'spec.securityContext.procMount is "Unmasked"',
  ),
  "a process of a Windows host": pods(
    collector({ podSecurityContext: { windowsOptions: { hostProcess: true } } }),
    collector({ podSecurityContext: { windowsOptions: { hostProcess: false } } }),
    "spec.podSecurityContext.windowsOptions.hostProcess is true",
  ),
};
