import { type Inputs, row, type Row } from "./row.ts";

const wildcards = row("roles-have-no-wildcard");
const escalation = row("roles-do-not-escalate");
const secrets = row("secrets-are-read-by-namespace");
const bindings = row("bindings-are-narrow");

const role = (kind: "Role" | "ClusterRole", resources: string[], verbs: string[], more: object = {}): Inputs => ({
  kind,
  rules: [{ apiGroups: [""], resources, verbs, ...more }],
});
const binding = (kind: string, name: string, subject = "api", roleKind = "ClusterRole"): Inputs => ({
  kind,
  roleRef: { kind: roleKind, name },
  subjects: [{ kind: "Group", name: subject }],
});
const named = { resourceNames: ["db"] };

/** What roles may not grant, and bindings not hand out. */
export const rightsRows: Readonly<Record<string, Row>> = {
  "a wildcard in a ClusterRole": wildcards(
    role("ClusterRole", ["pods"], ["get"], { apiGroups: ["*"] }),
    role("ClusterRole", ["pods"], ["get"]),
    "a rule grants * in apiGroups",
  ),
  "a wildcard in a Role": wildcards(
    role("Role", ["pods"], ["get", "*"]),
    role("Role", ["pods"], ["get", "list"]),
    "a rule grants * in verbs",
  ),
  ...Object.fromEntries(
    ["escalate", "bind", "impersonate"].map((verb) => [
      `the verb ${verb}`,
      escalation(
        role("Role", ["roles"], ["get", verb]),
        role("Role", ["roles"], ["get"]),
        `a rule grants the verb ${verb}`,
      ),
    ]),
  ),
  "tokens of other accounts": escalation(
    role("Role", ["serviceaccounts/token"], ["create"]),
    role("Role", ["serviceaccounts"], ["create"]),
    "a rule grants create on serviceaccounts/token",
  ),
  "a node's own interface": escalation(
    role("ClusterRole", ["nodes/proxy"], ["get", "create"]),
    role("ClusterRole", ["nodes/metrics"], ["get"]),
    "a rule grants get, create on nodes/proxy",
  ),
  "certificates of any user": escalation(
    role("ClusterRole", ["certificatesigningrequests/approval"], ["update"]),
    role("ClusterRole", ["certificatesigningrequests"], ["get"]),
    "a rule grants update on certificatesigningrequests/approval",
  ),
  "commands in every pod": escalation(
    role("ClusterRole", ["pods/exec", "pods/log"], ["create"]),
    role("Role", ["pods/exec", "pods/log"], ["create"]),
    "a rule grants create on pods/exec",
  ),
  "Secrets of every namespace": secrets(
    role("ClusterRole", ["configmaps", "secrets"], ["get", "create"]),
    role("Role", ["configmaps", "secrets"], ["get", "create"]),
    "a rule of a ClusterRole grants get on the Secrets of every namespace",
  ),
  "a list of Secrets of every namespace": secrets(
    role("ClusterRole", ["secrets"], ["list", "watch"]),
    role("ClusterRole", ["secrets"], ["get"], named),
    "a rule of a ClusterRole grants list on the Secrets of every namespace",
    "a rule of a ClusterRole grants watch on the Secrets of every namespace",
  ),
  "a ClusterRoleBinding to cluster-admin": bindings(
    binding("ClusterRoleBinding", "cluster-admin"),
    binding("ClusterRoleBinding", "view"),
    "a ClusterRoleBinding hands out the ClusterRole cluster-admin",
  ),
  "a RoleBinding to cluster-admin": bindings(
    binding("RoleBinding", "cluster-admin"),
    binding("RoleBinding", "cluster-admin", "api", "Role"),
    "a RoleBinding hands out the ClusterRole cluster-admin",
  ),
  ...Object.fromEntries(
    ["admin", "edit"].map((name) => [
      `a ClusterRoleBinding to ${name}`,
      bindings(
        binding("ClusterRoleBinding", name),
        binding("RoleBinding", name),
        `a ClusterRoleBinding hands out the ClusterRole ${name}`,
      ),
    ]),
  ),
  ...Object.fromEntries(
    ["system:anonymous", "system:authenticated", "system:serviceaccounts", "system:unauthenticated"].map((subject) => [
      `a binding for ${subject}`,
      bindings(
        binding("RoleBinding", "view", subject),
        binding("RoleBinding", "view", "system:serviceaccounts:orders"),
        `a RoleBinding has the subject ${subject}`,
      ),
    ]),
  ),
};
