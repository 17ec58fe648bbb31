import type * as kubernetes from "@pulumi/kubernetes";
import { resourceRequirements } from "../../catalog/containerResources.ts";
import { labels, selectorLabels } from "../../catalog/labels.ts";
import { clientSecretKey, everyAddress, ports, resources } from "../../catalog/names.ts";
import { images } from "../../catalog/versions.ts";
import { containerSecurity, podSecurity } from "../kubernetes/podSecurity.ts";
import type { Settings } from "../../settings/read.ts";
import { caKey } from "../tls/tlsFiles.ts";
import type { LoginProxy } from "./exposed.ts";
import { secretVolume } from "../kubernetes/secretVolume.ts";

type Oidc = Settings["oidc"];

/** What a proxy is in the stack. */
export const proxyLabels = { name: resources.oauth2Proxy, component: "login" };

/** The label that tells the proxies apart. */
export const proxyInstance = (name: string) => ({ "app.kubernetes.io/instance": name });

/** Key of the Secret with the key of the cookies. */
export const cookieSecretKey = "cookie-secret";

const secretsFolder = "/etc/oauth2-proxy";

/** It has no argument for the CA of what is behind it. Go reads this folder beside the image's file of public CAs, by which the provider is known. */
const trustedCa = { name: "SSL_CERT_DIR", value: `${secretsFolder}/ca` };

/** The user that the image names. */
const imageUser = 65_532;

/** Arguments of a proxy: nothing secret. */
export function proxyArgs({ host, upstream }: LoginProxy, oidc: Oidc): string[] {
  return [
    `--http-address=${everyAddress}:${ports.oauth2Proxy}`,
    `--upstream=${upstream}`,
    "--provider=oidc",
    `--oidc-issuer-url=${oidc.issuerUrl}`,
    `--client-id=${oidc.clientId}`,
    `--client-secret-file=${secretsFolder}/client/${clientSecretKey}`,
    `--cookie-secret-file=${secretsFolder}/cookie/${cookieSecretKey}`,
    `--redirect-url=https://${host}/oauth2/callback`,
    // Who is let in: "*" leaves it to the groups.
    ...(oidc.emailDomains.length === 0 ? ["*"] : oidc.emailDomains).map((domain) => `--email-domain=${domain}`),
    ...oidc.groups.map((group) => `--allowed-group=${group}`),
    `--scope=${oidc.scopes.join(" ")}`,
    `--oidc-groups-claim=${oidc.groupsClaim}`,
    "--code-challenge-method=S256",
    // Who left the company is out after a working day.
    "--cookie-expire=12h",
    "--cookie-samesite=lax",
    "--skip-provider-button=true",
    "--silence-ping-logging=true",
  ];
}

/** The spec of a proxy's Deployment. */
export function proxyDeploymentSpec(proxy: LoginProxy, oidc: Oidc) {
  const selector = { ...selectorLabels(proxyLabels), ...proxyInstance(proxy.name) };
  const volumes = [
    secretVolume("client", oidc.clientSecret, clientSecretKey),
    secretVolume("cookie", resources.oauth2ProxyCookie, cookieSecretKey),
    ...(proxy.caSecret === undefined ? [] : [secretVolume("ca", proxy.caSecret, caKey)]),
  ];
  return {
    replicas: 1,
    selector: { matchLabels: selector },
    template: {
      metadata: { labels: { ...labels(proxyLabels), ...proxyInstance(proxy.name) } },
      spec: {
        serviceAccountName: resources.oauth2Proxy,
        automountServiceAccountToken: false,
        securityContext: podSecurity(imageUser),
        containers: [
          {
            name: resources.oauth2Proxy,
            image: images.oauth2Proxy,
            args: proxyArgs(proxy, oidc),
            ...(proxy.caSecret === undefined ? {} : { env: [trustedCa] }),
            ports: [{ name: "http", containerPort: ports.oauth2Proxy }],
            resources: resourceRequirements({ cpu: "10m", memory: "32Mi", memoryLimit: "128Mi" }),
            securityContext: containerSecurity,
            readinessProbe: { httpGet: { path: "/ready", port: "http" } },
            livenessProbe: { httpGet: { path: "/ping", port: "http" } },
            volumeMounts: volumes.map(({ name }) => ({
              name,
              mountPath: `${secretsFolder}/${name}`,
              readOnly: true,
            })),
          },
        ],
        volumes,
      },
    },
  } satisfies kubernetes.types.input.apps.v1.DeploymentSpec;
}
