import type { Settings } from "../../settings/read.ts";
import type { EnvVar, Volume, VolumeMount } from "../customResources/common.ts";
import { secretVolume } from "../kubernetes/secretVolume.ts";

type Database = Settings["grafana"]["database"];

const caVolume = "database-ca";
const caFolder = "/etc/grafana-database";

/** The key of the Secret that the setting `grafana.database.caSecret` names. */
const caKey = "ca.crt";

/** Grafana's `ssl_mode` of each kind of database. */
const sslModes = {
  postgres: { verified: "verify-full", unverified: "require", off: "disable" },
  mysql: { verified: "true", unverified: "skip-verify", off: "false" },
} as const;

/**
 * The database of the site as Grafana reads it from its environment, which its command for the admin's password reads too; nothing where
 * Grafana keeps a file. Name and password are keys of a Secret, never values.
 *
 * @see https://grafana.com/docs/grafana/latest/setup-grafana/configure-grafana/#database
 */
export function databaseEnv({ type, host, name, secret, tls, caSecret }: Database): EnvVar[] {
  if (type === "file") return [];
  const values: Record<string, string> = {
    TYPE: type,
    HOST: host,
    NAME: name,
    SSL_MODE: sslModes[type][tls],
    ...(caSecret === "" ? {} : { CA_CERT_PATH: `${caFolder}/${caKey}` }),
    // For MySQL Grafana compares the certificate with nothing else.
    ...(type === "mysql" && tls === "verified" ? { SERVER_CERT_NAME: hostOf(host) } : {}),
  };
  const fromSecret = (variable: string, key: string) => ({
    name: `GF_DATABASE_${variable}`,
    valueFrom: { secretKeyRef: { name: secret, key } },
  });
  return [
    ...Object.entries(values).map(([variable, value]) => ({ name: `GF_DATABASE_${variable}`, value })),
    fromSecret("USER", "username"),
    fromSecret("PASSWORD", "password"),
  ];
}

/** The CA of the database's certificate, for every container that connects. */
export function databaseCa({ caSecret }: Database): { volumes: Volume[]; volumeMounts: VolumeMount[] } {
  if (caSecret === "") return { volumes: [], volumeMounts: [] };
  return {
    volumes: [secretVolume(caVolume, caSecret, caKey)],
    volumeMounts: [{ name: caVolume, mountPath: caFolder, readOnly: true }],
  };
}

/** A host without its port, and an address of IPv6 without its brackets. */
function hostOf(hostPort: string): string {
  return hostPort.replace(/:\d+$/, "").replace(/^\[(.*)\]$/, "$1");
}
