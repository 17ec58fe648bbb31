import type * as kubernetes from "@pulumi/kubernetes";
import * as kx from "@pulumi/kubernetesx";
import * as pulumi from "@pulumi/pulumi";
import { leastReplicas, spread } from "../kubernetes/availability.ts";
import { resourceRequirements } from "../../catalog/containerResources.ts";
import { selectorLabels } from "../../catalog/labels.ts";
import { containerSecurity, podSecurity } from "../kubernetes/podSecurity.ts";
import type { InstrumentedApiArgs } from "./instrumentedApi.ts";
import { volumeOwner } from "../kubernetes/volumeClaim.ts";
import { filesFolder } from "./injectedContainer.ts";
import type { InjectedFiles } from "./injectedFiles.ts";

/** A volume of an API's pod: a source as Kubernetes has it, such as `{ emptyDir: { sizeLimit: "1Gi" } }`. */
export interface VolumeArgs extends Omit<kubernetes.types.input.core.v1.Volume, "name"> {
  /** @default false */
  readonly readOnly?: boolean;
}

/**
 * What may be written in a container whose file system is read-only: servers put uploads there, and the runtimes of Java and .NET files of
 * their own. A pod that writes more is evicted; its node is not filled.
 */
const temporary: Readonly<Record<string, VolumeArgs>> = { "/tmp": { emptyDir: { sizeLimit: "256Mi" } } };

/** Who runs an API. */
const user = 10_001;

/** Whether an API writes a claim of its own: many of them are for one pod, or one node, at a time. */
export function writesClaim({ volumes = {} }: Pick<InstrumentedApiArgs, "volumes">): boolean {
  return Object.values(volumes).some(
    ({ persistentVolumeClaim: claim, readOnly = false }) =>
      claim !== undefined && !readOnly && !("readOnly" in claim && claim.readOnly === true),
  );
}

/** Whether a volume of an API is made by a storage class: most of them belong to root. */
function ownsVolume(args: InstrumentedApiArgs): boolean {
  return writesClaim(args) || Object.values(args.volumes ?? {}).some(({ ephemeral }) => ephemeral !== undefined);
}

/**
 * The pod of an API.
 *
 * @param injected variables of the injection, by name
 * @param files what the injection mounts
 * @throws pulumi.RunError when a volume's folder is not absolute, or is that of the injection
 */
export function apiPod(
  args: InstrumentedApiArgs,
  injected: Readonly<Record<string, pulumi.Input<string>>>,
  files: InjectedFiles | undefined,
): kx.PodBuilder {
  const { env = {}, secrets = {}, upstreams = {}, healthPath = "/healthz", pullSecrets = [] } = args;
  const health = { httpGet: { path: healthPath, port: "http" } };
  const fromSecrets = Object.entries(secrets).map(
    ([name, { secret, key }]) => [name, { secretKeyRef: { name: secret, key } }] as const,
  );
  const mounted = [...injectionVolume(files), ...ownVolumes(args)];
  return new kx.PodBuilder({
    automountServiceAccountToken: false,
    ...(pullSecrets.length > 0 ? { imagePullSecrets: pullSecrets.map((name) => ({ name })) } : {}),
    // A Service such as `app` would give every pod of its namespace a variable APP_PORT, which holds a URL.
    enableServiceLinks: false,
    securityContext: { ...(ownsVolume(args) ? volumeOwner(user) : {}), ...podSecurity(user) },
    ...spread({ pods: selectorLabels(args), replicas: leastReplicas(args.replicas ?? 1) }),
    volumes: mounted.map(({ volume }) => volume),
    containers: [
      {
        name: args.name,
        image: args.image,
        ports: { http: args.port },
        env: { ...env, ...upstreams, ...injected, ...Object.fromEntries(fromSecrets) },
        volumeMounts: mounted.map(({ mount }) => mount),
        resources: resourceRequirements(args.resources),
        readinessProbe: { ...health, periodSeconds: 5 },
        // Only then the liveness counts: an injected program on a busy node takes its time to start.
        startupProbe: { ...health, periodSeconds: 5, failureThreshold: 60 },
        // Killed by an impatient probe, a busy pod would leave its load to the others.
        livenessProbe: { ...health, periodSeconds: 15, timeoutSeconds: 5, failureThreshold: 4 },
        securityContext: containerSecurity,
      },
    ],
  });
}

/** A volume, and where the container finds it. */
interface Mounted {
  readonly volume: kubernetes.types.input.core.v1.Volume;
  readonly mount: kubernetes.types.input.core.v1.VolumeMount;
}

function injectionVolume(files: InjectedFiles | undefined): Mounted[] {
  if (files === undefined) return [];
  const name = "injection";
  return [
    {
      volume: { name, configMap: { name: files.configMap.metadata.name, items: [...files.items] } },
      mount: { name, mountPath: filesFolder, readOnly: true },
    },
  ];
}

function ownVolumes({ name: api, volumes = {} }: InstrumentedApiArgs): Mounted[] {
  return Object.entries({ ...temporary, ...volumes }).map(([mountPath, { readOnly = false, ...source }], index) => {
    if (!/^(\/[^/:]+)+$/.test(mountPath) || mountPath === filesFolder) {
      throw new pulumi.RunError(
        `InstrumentedApi ${api}: volumes has ${JSON.stringify(mountPath)}: must be an absolute folder such as /data, and not ${filesFolder}`,
      );
    }
    const name = mountPath === "/tmp" ? "tmp" : `volume-${index}`;
    return { volume: { name, ...source }, mount: { name, mountPath, ...(readOnly ? { readOnly } : {}) } };
  });
}
