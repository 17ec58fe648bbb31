import * as pulumi from "@pulumi/pulumi";
import { labels } from "../../catalog/labels.ts";
import { namespaces, resources } from "../../catalog/names.ts";
import type { CertificateSpec } from "../customResources/certificates.ts";
import { collectorCa } from "./collectorCa.ts";
import { customResource } from "../customResources/customResource.ts";
import type { Settings } from "../../settings/read.ts";
import { caCertificate, caIssuer, caNamespaces, clusterIssuer, served, servedCertificate } from "./certificates.ts";

/** What is signed inside the cluster: a CA, unless the site has one, a certificate for each part that serves, and the CA where it is needed. */
export class InternalTls extends pulumi.ComponentResource {
  constructor(
    name: string,
    settings: Pick<Settings, "tls" | "access" | "parts" | "logs" | "collector">,
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("fluffy-observability:tls:InternalTls", name, {}, opts);
    const { issuer } = settings.tls;
    const signer = issuer === "" ? [this.#ownCa()] : [];
    for (const each of served(settings)) {
      this.#certificate(each.secret, each.namespace, servedCertificate(each, issuer), signer);
    }
    for (const namespace of caNamespaces(settings)) {
      collectorCa(namespace, { parent: this, dependsOn: signer }, issuer);
    }
    this.registerOutputs({});
  }

  /** A CA that only cert-manager has the key of. */
  #ownCa(): pulumi.Resource {
    const name = resources.internalCa;
    const own = { name, labels: labels({ name, component: "tls" }) };
    const namespace = namespaces.certManager;
    const issuer = customResource("Issuer", { ...own, namespace, spec: caIssuer }, { parent: this });
    const ca = this.#certificate(name, namespace, caCertificate, [issuer]);
    return customResource("ClusterIssuer", { ...own, spec: clusterIssuer }, { parent: this, dependsOn: ca });
  }

  #certificate(
    name: string,
    namespace: string,
    spec: CertificateSpec,
    dependsOn: pulumi.Resource[],
  ): pulumi.CustomResource {
    return customResource(
      "Certificate",
      {
        ...{ name, namespace, spec, labels: labels({ name, component: "tls" }) },
        logicalName: `Certificate-${namespace}-${name}`,
      },
      { parent: this, dependsOn },
    );
  }
}
