import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { labels } from "../../catalog/labels.ts";
import { namespaces, resources } from "../../catalog/names.ts";
import { customResource } from "../customResources/customResource.ts";
import { skipAwait } from "../kubernetes/skipAwait.ts";
import type { Settings } from "../../settings/read.ts";
import { certificateSpec, issuerSpec } from "./certificate.ts";
import { exposedParts, loginProxies } from "./exposed.ts";
import { LoginProxies } from "./loginProxies.ts";
import { certificateGrantSpec, ingressSpec, routeSpec } from "./routes.ts";

const namespace = namespaces.observability;

/** Ways from outside the cluster to its parts: a route or Ingress for each host name, their certificate, and what asks for a login. */
export class Access extends pulumi.ComponentResource {
  constructor(name: string, settings: Settings, opts: pulumi.ComponentResourceOptions) {
    super("fluffy-observability:access:Access", name, {}, opts);
    const { access, oidc } = settings;
    const exposed = exposedParts(settings);
    const proxies = loginProxies(settings);
    const login = proxies.length > 0 ? [new LoginProxies("login-proxies", { proxies, oidc }, { parent: this })] : [];
    const hosts = exposed.map(({ host }) => host);
    if (access.issuer !== "") this.#certificate(access, hosts);
    for (const each of exposed) {
      const metadata = { name: each.part, namespace, labels: labels({ name: each.part, component: "access" }) };
      // Nothing is let in before what asks for a login is registered.
      const own = { parent: this, dependsOn: login };
      if (access.gateway !== "") {
        customResource("HTTPRoute", { ...metadata, spec: routeSpec(each, access) }, own);
      } else {
        new kubernetes.networking.v1.Ingress(
          each.part,
          // Its address comes when the site's controller gives one.
          { metadata: { ...metadata, annotations: skipAwait }, spec: ingressSpec(each, access) },
          own,
        );
      }
    }
    this.registerOutputs({});
  }

  #certificate(access: Settings["access"], hosts: readonly string[]): void {
    const name = resources.publicCertificate;
    const metadata = { name, namespace, labels: labels({ name, component: "access" }) };
    const spec = issuerSpec(access.issuer);
    const issuer = spec ? [customResource("Issuer", { ...metadata, spec }, { parent: this })] : [];
    customResource(
      "Certificate",
      { ...metadata, spec: certificateSpec(access.issuer, hosts) },
      { parent: this, dependsOn: issuer },
    );
    if (access.gateway !== "") {
      customResource("ReferenceGrant", { ...metadata, spec: certificateGrantSpec(access) }, { parent: this });
    }
  }
}
