import type * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { labels } from "../../catalog/labels.ts";
import { resources } from "../../catalog/names.ts";
import { customResource } from "../customResources/customResource.ts";
import { caCopy } from "./certificates.ts";

/**
 * Brings the CA of the Collector's certificate into a namespace, as Secret `otlp-ca`. Injected pods wait for it where the platform's setting
 * `tls.applications` is on: once for each namespace that stands not in its `tls.applicationNamespaces`.
 *
 * @param namespace name of the namespace, which exists
 * @param opts its parent and provider, and what must be there first
 * @param issuer the platform's setting `tls.issuer`. @default "" - the platform's own CA
 */
export function collectorCa(
  namespace: string,
  opts: pulumi.CustomResourceOptions,
  issuer = "",
): kubernetes.apiextensions.CustomResource {
  const name = resources.otlpCa;
  return customResource(
    "Certificate",
    {
      ...{ name, namespace, spec: caCopy(issuer), labels: labels({ name, component: "tls" }) },
      logicalName: `Certificate-${namespace}-${name}`,
    },
    opts,
  );
}
