import { z } from "zod";
import { integer, isHostPort, memoryLimit, optionalBaseUrl, optionalQuantity, optionalSecretName } from "./bounds.ts";
import type { Settings } from "./schema.ts";

/** What the settings of Grafana look like. */

const databaseSchema = z.strictObject({
  /** Where Grafana keeps what it knows: a file of its pod, or a database of the site. @default "file" */
  type: z.enum(["file", "postgres", "mysql"]).default("file"),
  /** host:port of the database. @default "" */
  host: z
    .string()
    .refine((text) => text === "" || isHostPort(text), "empty, or host:port such as postgres.example.org:5432")
    .default(""),
  /** Name of the database, which exists. @default "grafana" */
  name: z
    .string()
    .regex(/^[A-Za-z_][\w-]*$/, "the name of a database, of letters, digits, _ and -, such as grafana")
    .default("grafana"),
  /** Secret in namespace `observability` with the keys `username` and `password`. @default "" */
  secret: optionalSecretName.default(""),
  /**
   * `verified` encrypts and checks the certificate and the host in it, `unverified` encrypts only, `off` sends everything in plain.
   * @default "verified"
   */
  tls: z.enum(["verified", "unverified", "off"]).default("verified"),
  /** Secret in namespace `observability` with the CA of the database's certificate under `ca.crt`. @default "" - the CAs of Grafana's image */
  caSecret: optionalSecretName.default(""),
});

export const grafanaSchema = z.strictObject({
  /** Pods of Grafana; more than one needs a database. @default 1 */
  replicas: integer(1, 100).default(1),
  /** Size of Grafana's volume. @default "" - no volume: dashboards and data sources are made again by the operator */
  volumeSize: optionalQuantity.default(""),
  /** A database of the site, which then keeps users, teams and dashboards that were made by hand. */
  database: databaseSchema.prefault({}),
  /** Memory limit of Grafana. @default "1Gi" - as the operator's own */
  memoryLimit: memoryLimit("256Mi").default("1Gi"),
  /** URL of a Grafana elsewhere. @default "" */
  url: optionalBaseUrl.default(""),
  /**
   * Give data sources, folders and dashboards to Grafanas of other namespaces too, if they carry the label
   * `dashboards: grafana`. Turned off again, the objects are made anew. @default false
   */
  allowCrossNamespaceImport: z.boolean().default(false),
});

/** What is wrong between the settings of Grafana and others, as `[key, problem]`. */
export function grafanaConflicts({ parts, grafana }: Pick<Settings, "parts" | "grafana">): [string, string][] {
  if (!parts.grafana) return [];
  const { database, url } = grafana;
  const found = database.type === "file" ? fileConflicts(grafana) : databaseConflicts(grafana);
  if (url !== "") found.push(["url", "is for a Grafana elsewhere: set parts.grafana to false, or leave it empty"]);
  return found.map(([key, problem]) => [`grafana.${key}`, problem]);
}

/** Where no database is, and what would need one. */
function fileConflicts({ replicas, database }: Settings["grafana"]): [string, string][] {
  const set = (["host", "secret", "caSecret"] as const).filter((key) => database[key] !== "");
  const why = "but grafana.database.type is file";
  return [
    ...(replicas > 1
      ? [conflict("replicas", `is ${replicas}, ${why}: each pod would have users and dashboards of its own; must be 1`)]
      : []),
    ...set.map((key) =>
      conflict(`database.${key}`, `is set, ${why}: set that to postgres or mysql, or leave it empty`),
    ),
  ];
}

function databaseConflicts({ volumeSize, database }: Settings["grafana"]): [string, string][] {
  const { type, tls, caSecret } = database;
  const why = `but grafana.database.type is ${type}`;
  const missing = (["host", "secret"] as const).filter((key) => database[key] === "");
  return [
    ...missing.map((key) => conflict(`database.${key}`, `is empty, ${why}, which needs it`)),
    ...(volumeSize === ""
      ? []
      : [conflict("volumeSize", `is "${volumeSize}", ${why}: a volume has nothing to keep; leave it empty`)]),
    // Grafana reads the file before it connects, in every mode of TLS.
    ...(type === "mysql" && tls !== "off" && caSecret === ""
      ? [
          conflict(
            "database.caSecret",
            `is empty, ${why}, for which Grafana knows no CA by itself: set it, or grafana.database.tls to off`,
          ),
        ]
      : []),
    ...(tls === "off" && caSecret !== ""
      ? [conflict("database.caSecret", "is set, but grafana.database.tls is off: leave one of them out")]
      : []),
  ];
}

function conflict(key: string, problem: string): [string, string] {
  return [key, problem];
}
