import { namespaces } from "../../catalog/names.ts";

/**
 * What happens to the cluster's objects, as log records: pods that are not scheduled, images that are not pulled, probes that fail. One of
 * the Collector's pods watches the events, the one that has the lease: two would send each of them twice.
 */

/** Ids of the receiver and of the extension, in their parts of the configuration. */
export const eventsReceiver = "k8s_events";
export const eventsElector = "k8s_leader_elector";

/** The lease, which is in the stack's own namespace. */
export const eventsLease = "kubernetes-events";

/** The receiver. */
export const events = { auth_type: "serviceAccount", k8s_leader_elector: eventsElector } as const;

/** What decides which pod runs it. */
export const elector = {
  auth_type: "serviceAccount",
  lease_name: eventsLease,
  lease_namespace: namespaces.observability,
} as const;

const kindIs = (kind: string) => `attributes["k8s.object.kind"] == "${kind}"`;

const named = (attribute: string, kind: string, field = "name") =>
  `set(attributes["${attribute}"], attributes["k8s.object.${field}"]) where ${kindIs(kind)}`;

/**
 * The processor that gives an event the names of what it is about, by which the cluster then says whose it is. Each event has a resource of
 * its own.
 */
export const eventRecords = {
  error_mode: "ignore",
  log_statements: [
    {
      context: "log",
      statements: [
        'set(resource.attributes["k8s.namespace.name"], attributes["k8s.namespace.name"])',
        'delete_key(attributes, "k8s.namespace.name")',
        // Names that begin with `k8s.` are those of the resource.
        'replace_all_patterns(attributes, "key", "^k8s[.]event[.]", "event.")',
      ],
    },
    {
      context: "resource",
      statements: [
        named("k8s.pod.name", "Pod"),
        named("k8s.pod.uid", "Pod", "uid"),
        named("k8s.deployment.name", "Deployment"),
        named("service.name", "Deployment"),
        named("k8s.node.name", "Node"),
      ],
    },
  ],
};

/** What an account needs in the whole cluster. */
export const eventsRules = [{ apiGroups: [""], resources: ["events"], verbs: ["list", "watch"] }];

/** What it needs in the namespace of the lease; who creates an object names none that a rule could compare. */
export const leaseRules = [
  { apiGroups: ["coordination.k8s.io"], resources: ["leases"], verbs: ["create"] },
  {
    apiGroups: ["coordination.k8s.io"],
    resources: ["leases"],
    resourceNames: [eventsLease],
    verbs: ["get", "update"],
  },
];
