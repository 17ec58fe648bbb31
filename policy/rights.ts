import type { Check } from "./check.ts";
import type { KubernetesObject, RoleRule } from "./kubernetesObject.ts";

/** ClusterRoles that every cluster has and that hold Secrets, or everything. */
const strongRoles = ["cluster-admin", "admin", "edit"];

/** Subjects that are everybody, or every pod. */
const everybody = ["system:anonymous", "system:authenticated", "system:serviceaccounts", "system:unauthenticated"];

/** Verbs that let a subject have rights which its own role does not name. */
const escalatingVerbs = ["escalate", "bind", "impersonate"];

/** Resources that do the same: tokens of other accounts, a node's own interface, certificates of any user. */
const escalatingResources = ["certificatesigningrequests/approval", "nodes/proxy", "serviceaccounts/token"];

/** Rights to be inside other pods of the cluster, and so to have what they have. */
const podEntries = ["pods/attach", "pods/ephemeralcontainers", "pods/exec"];

const readingVerbs = ["get", "list", "watch", "*"];

/** A wildcard grants what does not exist yet. */
export const rolesHaveNoWildcard: Check = (object) =>
  rulesOf(object).flatMap((rule) =>
    Object.entries<readonly string[]>({ ...rule })
      .filter(([, values]) => values.includes("*"))
      .map(([field]) => `a rule grants * in ${field}`),
  );

/** Who may escalate has every right, whatever else the role says. */
export const rolesDoNotEscalate: Check = (object) =>
  rulesOf(object).flatMap(({ verbs = [], resources = [] }) => [
    ...verbs.filter((verb) => escalatingVerbs.includes(verb)).map((verb) => `a rule grants the verb ${verb}`),
    ...resources
      .filter(
        (resource) =>
          escalatingResources.includes(resource) || (object.kind === "ClusterRole" && podEntries.includes(resource)),
      )
      .map((resource) => `a rule grants ${verbs.join(", ")} on ${resource}`),
  ]);

/** Secrets of every namespace hold everybody's passwords. A Role, or the names of the Secrets, grants what is needed. */
export const secretsAreReadByNamespace: Check = (object) =>
  object.kind === "ClusterRole"
    ? rulesOf(object)
        .filter(
          ({ apiGroups = [], resources = [], resourceNames = [] }) =>
            (apiGroups.includes("") || apiGroups.includes("*")) &&
            (resources.includes("secrets") || resources.includes("*")) &&
            resourceNames.length === 0,
        )
        .flatMap(({ verbs = [] }) => verbs.filter((verb) => readingVerbs.includes(verb)))
        .map((verb) => `a rule of a ClusterRole grants ${verb} on the Secrets of every namespace`)
    : [];

/** A binding hands out a role: not one that holds everything, and not to everybody. */
export const bindingsAreNarrow: Check = ({ kind, roleRef, subjects = [] }) => {
  if (kind !== "ClusterRoleBinding" && kind !== "RoleBinding") return [];
  const { name = "", kind: roleKind = "ClusterRole" } = roleRef ?? {};
  // Within one namespace admin and edit are what a team gets.
  const refused = kind === "ClusterRoleBinding" ? strongRoles : ["cluster-admin"];
  return [
    ...(roleKind === "ClusterRole" && refused.includes(name) ? [`a ${kind} hands out the ClusterRole ${name}`] : []),
    ...subjects
      .filter((subject) => everybody.includes(subject.name))
      .map(({ name }) => `a ${kind} has the subject ${name}`),
  ];
};

function rulesOf({ kind, rules = [] }: KubernetesObject): readonly RoleRule[] {
  return kind === "Role" || kind === "ClusterRole" ? rules : [];
}
