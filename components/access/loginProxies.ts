import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { labels, selectorLabels } from "../../catalog/labels.ts";
import { namespaces, ports, resources } from "../../catalog/names.ts";
import { versions } from "../../catalog/versions.ts";
import { skipAwait } from "../kubernetes/skipAwait.ts";
import { tokenlessAccount } from "../kubernetes/tokenlessAccount.ts";
import type { Settings } from "../../settings/read.ts";
import type { LoginProxy } from "./exposed.ts";
import { cookieSecretKey, proxyDeploymentSpec, proxyInstance, proxyLabels } from "./oauth2Proxy.ts";

/** What LoginProxies needs. */
export interface LoginProxiesArgs {
  readonly proxies: readonly LoginProxy[];
  readonly oidc: Settings["oidc"];
}

/** oauth2-proxy before each part that has a host name and no login. The key of its cookies is generated and only ever sits in a Secret. */
export class LoginProxies extends pulumi.ComponentResource {
  constructor(name: string, { proxies, oidc }: LoginProxiesArgs, opts: pulumi.ComponentResourceOptions) {
    super("fluffy-observability:access:LoginProxies", name, {}, opts);
    const namespace = namespaces.observability;
    const account = tokenlessAccount({ ...proxyLabels, namespace }, { parent: this });
    const key = new random.RandomPassword(
      resources.oauth2ProxyCookie,
      // The proxy reads base64 of the URL's kind: these are the 32 bytes that AES-256 takes.
      { length: 43, special: false },
      { parent: this },
    );
    const secret = new kubernetes.core.v1.Secret(
      resources.oauth2ProxyCookie,
      {
        metadata: {
          ...{ name: resources.oauth2ProxyCookie, namespace },
          labels: labels({ ...proxyLabels, name: resources.oauth2ProxyCookie }),
        },
        stringData: { [cookieSecretKey]: key.result },
      },
      { parent: this },
    );
    for (const proxy of proxies) {
      const metadata = {
        ...{ name: proxy.name, namespace },
        labels: { ...labels({ ...proxyLabels, version: versions.oauth2Proxy }), ...proxyInstance(proxy.name) },
        // It starts only where the provider answers: one that is down holds up no update of the stack.
        annotations: skipAwait,
      };
      new kubernetes.core.v1.Service(
        proxy.name,
        {
          metadata,
          spec: {
            selector: { ...selectorLabels(proxyLabels), ...proxyInstance(proxy.name) },
            ports: [{ name: "http", port: ports.oauth2Proxy, targetPort: "http" }],
          },
        },
        { parent: this },
      );
      new kubernetes.apps.v1.Deployment(
        proxy.name,
        { metadata, spec: proxyDeploymentSpec(proxy, oidc) },
        { parent: this, dependsOn: [account, secret] },
      );
    }
    this.registerOutputs({});
  }
}
