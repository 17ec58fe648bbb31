import { z } from "zod";
import { distinct, objectNameForm } from "./bounds.ts";
import type { Settings } from "./schema.ts";

/** What the settings of TLS inside the cluster look like. */

export const tlsSchema = z.strictObject({
  /** The platform's parts, but for Grafana, take data from each other and ask each other over TLS. @default false */
  internal: z.boolean().default(false),
  /**
   * Applications send OTLP over TLS, and no other way. Injected pods mount Secret `otlp-ca` of their namespace with the CA, and do not
   * start without it. @default false
   */
  applications: z.boolean().default(false),
  /** Namespaces, which exist, that get that Secret besides the sample API's. @default [] */
  applicationNamespaces: distinct(
    z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, "the name of a namespace such as orders"),
  ).default([]),
  /** ClusterIssuer of cert-manager that signs, as `ClusterIssuer/NAME`. @default "" - the stack makes a CA of its own */
  issuer: z
    .string()
    .regex(
      new RegExp(`^(ClusterIssuer/${objectNameForm})?$`),
      "empty, or ClusterIssuer/NAME such as ClusterIssuer/company-ca",
    )
    .default(""),
});

/** Whether anything inside the cluster is encrypted. */
export function hasTls({ tls }: Pick<Settings, "tls">): boolean {
  return tls.internal || tls.applications;
}

/** Whether the stack signs them by a CA of its own: no issuer of the cluster is named. */
export function hasOwnCa(settings: Pick<Settings, "tls">): boolean {
  return hasTls(settings) && settings.tls.issuer === "";
}

/** What is wrong between the settings of TLS and others, as `[key, problem]`. */
export function tlsConflicts(settings: Pick<Settings, "tls" | "parts" | "jaegerEngine">): [string, string][] {
  const { tls, parts, jaegerEngine } = settings;
  const found: [string, string][] = [];
  if (hasOwnCa(settings) && !parts.certManager) {
    found.push([
      "tls.issuer",
      "is empty, but parts.certManager is false: where the cluster's cert-manager looks for a CA is not known; set it to a ClusterIssuer of the cluster",
    ]);
  }
  if (!hasTls(settings) && tls.issuer !== "") {
    found.push(["tls.issuer", "is set, but tls.internal and tls.applications are false: nothing would be signed"]);
  }
  if (!tls.applications && tls.applicationNamespaces.length > 0) {
    found.push(["tls.applicationNamespaces", "is set, but tls.applications is false: applications need no CA"]);
  }
  if (tls.internal && parts.jaeger && jaegerEngine === "operator") {
    found.push(["tls.internal", "is true, but jaegerEngine is operator: must be false, or jaegerEngine v2"]);
  }
  return found;
}
