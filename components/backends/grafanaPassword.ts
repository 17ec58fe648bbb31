import type { EnvVar } from "../customResources/common.ts";
import type { InitContainer } from "../customResources/grafana.ts";
import { resourceRequirements } from "../../catalog/containerResources.ts";
import { images } from "../../catalog/versions.ts";
import { containerSecurity } from "../kubernetes/podSecurity.ts";

/**
 * Gives the admin in Grafana's database the password of the environment. Grafana itself takes it only for a database that is new. One that cannot
 * be changed, such as of an admin who was deleted, does not keep Grafana from starting.
 */
export const passwordScript = [
  'if [ -f "$GF_PATHS_DATA/grafana.db" ]; then',
  `  printf '%s' "$GF_SECURITY_ADMIN_PASSWORD" | grafana cli --homepath "$GF_PATHS_HOME" admin reset-admin-password --password-from-stdin ||`,
  '    echo "the password of the admin in the database was not changed: it may not be that of the Secret" >&2',
  "fi",
].join("\n");

/**
 * Runs the script at each start of a Grafana that keeps its data: its operator starts it anew when the Secret changes, and then logs in
 * by what the Secret says.
 *
 * @param login the admin's name and password, from a Secret
 * @param memoryLimit as of Grafana: its database is brought to its version here
 */
export function passwordContainer(login: readonly EnvVar[], memoryLimit: string): InitContainer {
  return {
    name: "admin-password",
    image: images.grafana,
    command: ["sh", "-c", passwordScript],
    env: [
      ...login,
      { name: "GF_PATHS_DATA", value: "/var/lib/grafana" },
      { name: "GF_PATHS_HOME", value: "/usr/share/grafana" },
    ],
    resources: resourceRequirements({ cpu: "100m", memory: "256Mi", memoryLimit }),
    securityContext: containerSecurity,
    // The operator's volumes and folders.
    volumeMounts: [
      { name: "grafana-data", mountPath: "/var/lib/grafana" },
      { name: "grafana-logs", mountPath: "/var/log/grafana" },
      { name: "grafana-tmp", mountPath: "/tmp" },
    ],
  };
}
