import { type Schema, boolean, intOrString, integer, list, mapOf, object, string, time } from "./schema.ts";

/** Pieces of Kubernetes' own API inside custom resources, with the fields that people set. */

export const labelSelector = object({
  matchLabels: mapOf(string),
  matchExpressions: list(object({ key: string, operator: string, values: list(string) }, ["key", "operator"])),
});

export const secretKey = object({ name: string, key: string, optional: boolean }, ["key"]);

export const env = list(
  object(
    {
      name: string,
      value: string,
      valueFrom: object({
        configMapKeyRef: secretKey,
        fieldRef: object({ apiVersion: string, fieldPath: string }, ["fieldPath"]),
        secretKeyRef: secretKey,
      }),
    },
    ["name"],
  ),
);

const quantities = mapOf(intOrString);

export const resources = object({ limits: quantities, requests: quantities });

export const metadata = object({ annotations: mapOf(string), labels: mapOf(string) });

export const claimSpec = object({
  accessModes: list(string),
  resources,
  selector: labelSelector,
  storageClassName: string,
  volumeMode: string,
  volumeName: string,
});

export const tolerations = list(
  object({ effect: string, key: string, operator: string, tolerationSeconds: integer, value: string }),
);

export const topologySpreadConstraints = list(
  object(
    {
      labelSelector,
      matchLabelKeys: list(string),
      maxSkew: integer,
      minDomains: integer,
      topologyKey: string,
      whenUnsatisfiable: string,
    },
    ["maxSkew", "topologyKey", "whenUnsatisfiable"],
  ),
);

const podAffinityTerm = object({ labelSelector, namespaces: list(string), topologyKey: string }, ["topologyKey"]);

const podAffinity = object({
  preferredDuringSchedulingIgnoredDuringExecution: list(
    object({ podAffinityTerm, weight: integer }, ["podAffinityTerm", "weight"]),
  ),
  requiredDuringSchedulingIgnoredDuringExecution: list(podAffinityTerm),
});

export const affinity = object({ podAffinity, podAntiAffinity: podAffinity });

const seccompProfile = object({ localhostProfile: string, type: string }, ["type"]);

export const podSecurityContext = object({
  fsGroup: integer,
  fsGroupChangePolicy: string,
  runAsGroup: integer,
  runAsNonRoot: boolean,
  runAsUser: integer,
  seccompProfile,
  supplementalGroups: list(integer),
});

export const securityContext = object({
  allowPrivilegeEscalation: boolean,
  capabilities: object({ add: list(string), drop: list(string) }),
  privileged: boolean,
  readOnlyRootFilesystem: boolean,
  runAsGroup: integer,
  runAsNonRoot: boolean,
  runAsUser: integer,
  seccompProfile,
});

export const volumes = list(
  object(
    {
      name: string,
      configMap: object({ defaultMode: integer, name: string, optional: boolean }),
      emptyDir: object({ medium: string, sizeLimit: intOrString }),
      persistentVolumeClaim: object({ claimName: string, readOnly: boolean }, ["claimName"]),
      secret: object({ defaultMode: integer, optional: boolean, secretName: string }),
    },
    ["name"],
  ),
);

export const volumeMounts = list(
  object({ mountPath: string, name: string, readOnly: boolean, subPath: string }, ["mountPath", "name"]),
);

/** What a Pod, or the template of one, asks of the scheduler. */
export const scheduling: Record<string, Schema> = {
  affinity,
  nodeSelector: mapOf(string),
  priorityClassName: string,
  tolerations,
  topologySpreadConstraints,
};

const probe = object({
  httpGet: object({ path: string, port: intOrString, scheme: string }, ["port"]),
  failureThreshold: integer,
  initialDelaySeconds: integer,
  periodSeconds: integer,
  timeoutSeconds: integer,
});

const container = object(
  {
    name: string,
    image: string,
    imagePullPolicy: string,
    args: list(string),
    command: list(string),
    env,
    livenessProbe: probe,
    readinessProbe: probe,
    ports: list(object({ containerPort: integer, name: string, protocol: string }, ["containerPort"])),
    resources,
    securityContext,
    volumeMounts,
  },
  ["name"],
);

export const podTemplate = object({
  metadata,
  spec: object({
    containers: list(container),
    imagePullSecrets: list(object({ name: string })),
    initContainers: list(container),
    securityContext: podSecurityContext,
    serviceAccountName: string,
    terminationGracePeriodSeconds: integer,
    volumes,
    ...scheduling,
  }),
});

/** Conditions as operators report them. */
export const conditions = list(
  object(
    {
      type: string,
      status: string,
      reason: string,
      message: string,
      observedGeneration: integer,
      lastTransitionTime: time,
    },
    ["type", "status"],
  ),
);
