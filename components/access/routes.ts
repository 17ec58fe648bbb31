import type * as kubernetes from "@pulumi/kubernetes";
import type { HttpRouteSpec, ReferenceGrantSpec } from "../customResources/gateway.ts";
import { resources } from "../../catalog/names.ts";
import type { Settings } from "../../settings/read.ts";
import type { Exposed } from "./exposed.ts";

type Access = Settings["access"];

/** The listener of the site's gateway that has TLS. A route that names none is that of all of them, of plain HTTP as well. */
function listenerOf({ gateway }: Pick<Access, "gateway">): { name: string; namespace: string; sectionName: string } {
  const [namespace = "", name = "", sectionName = ""] = gateway.split("/");
  return { name, namespace, sectionName };
}

/** The route of a host to a Service, for the site's gateway. */
export function routeSpec({ host, entry, path }: Exposed, access: Pick<Access, "gateway">): HttpRouteSpec {
  return {
    parentRefs: [listenerOf(access)],
    hostnames: [host],
    rules: [
      {
        matches: [{ path: { type: "PathPrefix", value: path } }],
        backendRefs: [{ name: entry.service, port: entry.port }],
      },
    ],
  };
}

/** Lets gateways of the site's namespace use the certificate. */
export function certificateGrantSpec(access: Pick<Access, "gateway">): ReferenceGrantSpec {
  return {
    from: [{ group: "gateway.networking.k8s.io", kind: "Gateway", namespace: listenerOf(access).namespace }],
    to: [{ group: "", kind: "Secret", name: resources.publicCertificate }],
  };
}

/** The Ingress of a host. Without an issuer the controller has its own certificate. */
export function ingressSpec(
  { host, entry, path }: Exposed,
  { ingressClass, issuer }: Pick<Access, "ingressClass" | "issuer">,
) {
  return {
    ingressClassName: ingressClass,
    tls: [{ hosts: [host], ...(issuer === "" ? {} : { secretName: resources.publicCertificate }) }],
    rules: [
      {
        host,
        http: {
          paths: [
            {
              path,
              pathType: "Prefix",
              backend: { service: { name: entry.service, port: { number: entry.port } } },
            },
          ],
        },
      },
    ],
  } satisfies kubernetes.types.input.networking.v1.IngressSpec;
}
