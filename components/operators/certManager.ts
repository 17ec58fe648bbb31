import * as pulumi from "@pulumi/pulumi";
import type { HelmChart } from "../../artifacts/artifacts.ts";
import { operatorResources } from "../../artifacts/operatorResources.ts";
import { chartDigest } from "../../catalog/imageRegistry.ts";
import { namespaces } from "../../catalog/names.ts";
import { versions } from "../../catalog/versions.ts";
import { resourceRequirements } from "../../catalog/containerResources.ts";
import type { Settings } from "../../settings/read.ts";
import { operatorRelease } from "./operatorRelease.ts";

/** What CertManager needs. */
export interface CertManagerArgs {
  /** The chart `cert-manager`. */
  readonly chart: HelmChart;
  /** What destroy does with its CRDs. */
  readonly crdPolicy: "delete" | "keep";
  /** Where its images come from. */
  readonly images: Settings["images"];
  /** Hosts come in by a Gateway, through which an ACME server asks for them. */
  readonly gatewayApi: boolean;
}

/** cert-manager, which signs the certificates of the operators' webhooks. Ready when its API answers. */
export class CertManager extends pulumi.ComponentResource {
  constructor(name: string, args: CertManagerArgs, opts: pulumi.ComponentResourceOptions) {
    super("fluffy-observability:operators:CertManager", name, {}, opts);
    const resources = operatorResources.certManager;
    const { registry, pullSecrets } = args.images;
    const digestOf = (part: string) => chartDigest(`quay.io/jetstack/cert-manager-${part}:${versions.certManager}`);
    const solver = digestOf("acmesolver");
    operatorRelease(
      {
        name: "cert-manager",
        namespace: namespaces.certManager,
        chart: args.chart,
        values: {
          crds: { enabled: true, keep: args.crdPolicy === "keep" },
          ...(registry === "" ? {} : { imageRegistry: registry }),
          ...(pullSecrets.length > 0
            ? { global: { imagePullSecrets: pullSecrets.map((secret) => ({ name: secret })) } }
            : {}),
          ...(args.gatewayApi ? { config: { gatewayAPI: { enabled: true } } } : {}),
          ...digestOf("controller"),
          resources: resources["cert-manager"],
          webhook: { ...digestOf("webhook"), resources: resources["cert-manager-webhook"] },
          cainjector: { ...digestOf("cainjector"), resources: resources["cert-manager-cainjector"] },
          ...(solver.image === undefined ? {} : { acmesolver: solver }),
          // This hook answers only when the webhook really works; a ready Deployment does not say so.
          startupapicheck: {
            enabled: true,
            ...digestOf("startupapicheck"),
            resources: resourceRequirements({ cpu: "10m", memory: "32Mi", memoryLimit: "128Mi" }),
          },
        },
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}
