import type { EnvVar, VolumeMount } from "../customResources/common.ts";
import type { InitContainer } from "../customResources/grafana.ts";
import { resourceRequirements } from "../../catalog/containerResources.ts";
import { images } from "../../catalog/versions.ts";
import { containerSecurity } from "../kubernetes/podSecurity.ts";

/**
 * Gives the admin in Grafana's database the password of the environment. Grafana itself takes it only for a database that is new. One that cannot
 * be changed, such as of an admin who was deleted, does not keep Grafana from starting.
 */
const setPassword = [
  `printf '%s' "$GF_SECURITY_ADMIN_PASSWORD" | grafana cli --homepath "$GF_PATHS_HOME" admin reset-admin-password --password-from-stdin ||`,
  '  echo "the password of the admin in the database was not changed: it may not be that of the Secret" >&2',
];

/** What runs before Grafana: a new file is left to Grafana, a new database is made by the command itself, with the same password. */
export const passwordScript = (inDatabase: boolean) =>
  (inDatabase
    ? setPassword
    : ['if [ -f "$GF_PATHS_DATA/grafana.db" ]; then', ...setPassword.map((line) => `  ${line}`), "fi"]
  ).join("\n");

/** User and group that the operator runs Grafana as. */
export const operatorsUser = 10_001;

/** What passwordContainer needs. */
export interface PasswordContainerArgs {
  /** The admin's name and password and where the database is, as Grafana has them: what is secret comes from Secrets. */
  readonly env: readonly EnvVar[];
  /** The admin is in a database of the site, not in a file of a volume. */
  readonly inDatabase: boolean;
  /** As of Grafana: its database is brought to its version here. */
  readonly memoryLimit: string;
  /** Besides Grafana's own. */
  readonly volumeMounts: readonly VolumeMount[];
}

/**
 * Runs the script at each start of a Grafana whose data outlives its pod: its operator starts it anew when the Secret changes, and then logs
 * in by what the Secret says.
 */
export function passwordContainer({
  env,
  inDatabase,
  memoryLimit,
  volumeMounts,
}: PasswordContainerArgs): InitContainer {
  return {
    name: "admin-password",
    image: images.grafana,
    command: ["sh", "-c", passwordScript(inDatabase)],
    env: [
      ...env,
      { name: "GF_PATHS_DATA", value: "/var/lib/grafana" },
      { name: "GF_PATHS_HOME", value: "/usr/share/grafana" },
    ],
    resources: resourceRequirements({ cpu: "100m", memory: "256Mi", memoryLimit }),
    // As the operator runs Grafana itself, whose file it writes: the pod says nothing of users.
    securityContext: { ...containerSecurity, runAsNonRoot: true, runAsUser: operatorsUser, runAsGroup: operatorsUser },
    // The operator's volumes and folders.
    volumeMounts: [
      { name: "grafana-data", mountPath: "/var/lib/grafana" },
      { name: "grafana-logs", mountPath: "/var/log/grafana" },
      { name: "grafana-tmp", mountPath: "/tmp" },
      ...volumeMounts,
    ],
  };
}
