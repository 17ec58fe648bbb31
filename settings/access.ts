import { z } from "zod";
import { distinct, hostName, objectNameForm, optionalHttpsUrl, optionalSecretName } from "./bounds.ts";
import type { Settings } from "./schema.ts";

/** What the settings of access from outside the cluster look like. */

/** What can have a host name, by its output, and the part that makes it. */
const exposable = {
  grafana: "Grafana",
  prometheus: "Prometheus",
  alertmanager: "Alertmanager",
  jaeger: "Jaeger",
  logs: "VictoriaLogs",
} as const;

/** The name of something that can have a host name. */
export type Exposable = keyof typeof exposable;

/** All of them, in the order of the outputs. */
export const exposables = Object.keys(exposable) as Exposable[];

const host = hostName.optional();

export const accessSchema = z.strictObject({
  /**
   * Gateway of the Gateway API and its listener with TLS, as `namespace/name/listener`: it gets an HTTPRoute for each host.
   * @default "" - none
   */
  gateway: z
    .string()
    .regex(
      new RegExp(`^(${objectNameForm}/${objectNameForm}/${objectNameForm})?$`),
      "empty, or namespace/name/listener of a Gateway such as gateways/public/https",
    )
    .default(""),
  /** Class of the Ingress that each host gets, where there is no gateway. @default "" - none */
  ingressClass: z
    .string()
    .regex(new RegExp(`^(${objectNameForm})?$`), "empty, or the name of an IngressClass such as nginx")
    .default(""),
  /** Namespace of the pods that bring requests, which NetworkPolicies let in. `*`: any address, as for pods on the nodes' own network. @default "" */
  controllerNamespace: z
    .string()
    .regex(/^(\*|[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)?$/, "empty, the name of a namespace such as ingress, or *")
    .default(""),
  /**
   * Who signs the certificate of the hosts, by cert-manager: `self-signed`, `Secret/NAME` with a CA, `Issuer/NAME` in namespace `observability` or
   * `ClusterIssuer/NAME`. @default "" - the gateway or Ingress controller has its own
   */
  issuer: z
    .string()
    .regex(
      new RegExp(`^(self-signed|(Secret|Issuer|ClusterIssuer)/${objectNameForm})?$`),
      "empty, self-signed, Secret/NAME, Issuer/NAME or ClusterIssuer/NAME",
    )
    .default(""),
  /** Who asks for a login before all but Grafana, which has its own: `gateway` is the site's, `oauth2-proxy` the stack's. @default "none" */
  authentication: z.enum(["none", "gateway", "oauth2-proxy"]).default("none"),
  /** Host name of each part that is exposed. @default {} - nothing is */
  hosts: z.strictObject({ grafana: host, prometheus: host, alertmanager: host, jaeger: host, logs: host }).default({}),
});

const scope = z.string().regex(/^[\w.:/-]+$/, "a scope such as groups");

const group = z
  .string()
  .regex(/^[\w.:/@-]([\w .:/@-]*[\w.:/@-])?$/, "a group of letters, digits, blanks and . _ : / @ -");

export const oidcSchema = z.strictObject({
  /** Issuer of the provider, exactly as it names itself; its discovery is below it. @default "" - none */
  issuerUrl: optionalHttpsUrl.default(""),
  /**
   * The provider's addresses for Grafana, which reads no discovery: `authorization_endpoint`, `token_endpoint` and `userinfo_endpoint` of it.
   * All three or none. @default "" - Grafana has logins of its own only
   */
  authorizationUrl: optionalHttpsUrl.default(""),
  tokenUrl: optionalHttpsUrl.default(""),
  userInfoUrl: optionalHttpsUrl.default(""),
  /** The client that the provider knows the stack by. @default "" */
  clientId: z
    .string()
    .regex(/^[\w.:/@~+-]*$/, "empty, or the id of a client, of letters, digits and . _ : / @ ~ + -")
    .default(""),
  /** Secret in namespace `observability` with the client's secret under the key `client-secret`. @default "" */
  clientSecret: optionalSecretName.default(""),
  /** What the provider is asked for; some want `groups` too. @default ["openid", "profile", "email"] */
  scopes: distinct(scope).default(["openid", "profile", "email"]),
  /** Domains of the e-mail addresses that are let in. @default [] - any; `groups` decide */
  emailDomains: distinct(hostName).default([]),
  /** Groups of the provider of which one is needed. @default [] - any; `emailDomains` decide */
  groups: distinct(group).default([]),
  /** Claim of a token that lists the groups. @default "groups" */
  groupsClaim: z
    .string()
    .regex(/^[A-Za-z_][\w.:/-]*$/, "the name of a claim such as groups, cognito:groups or https://example.org/groups")
    .default("groups"),
  /** Groups whose members are Admin in Grafana. @default [] */
  grafanaAdmins: distinct(group).default([]),
  /** Groups whose members are Editor in Grafana; who is let in and in neither is Viewer. @default [] */
  grafanaEditors: distinct(group).default([]),
});

/** Settings of access that do not fit together, as `[key, problem]`. */
export function accessConflicts(settings: Settings): [string, string][] {
  const { access, oidc } = settings;
  const [use] = loginUses(settings);
  return [
    ...(access.gateway !== "" && access.ingressClass !== ""
      ? [conflict("access.ingressClass", "and access.gateway are both set: a host comes in one way; leave one empty")]
      : []),
    ...(access.issuer !== "" && Object.keys(access.hosts).length === 0
      ? [
          conflict(
            "access.issuer",
            `is "${access.issuer}", but access.hosts is empty: nothing needs a certificate; leave it out`,
          ),
        ]
      : []),
    ...exposables.flatMap((part) => hostConflicts(part, settings)),
    ...(oidc.scopes.includes("openid")
      ? []
      : [conflict("oidc.scopes", "has no openid: providers give no login without it")]),
    ...(use === undefined ? unusedLogin(oidc) : loginConflicts(oidc, use)),
    ...grafanaLoginConflicts(settings),
  ];
}

function hostConflicts(part: Exposable, settings: Settings): [string, string][] {
  const { access, networkPolicies } = settings;
  const { hosts, gateway, ingressClass, authentication, controllerNamespace } = access;
  const host = hosts[part];
  if (host === undefined) return [];
  const key = `access.hosts.${part}`;
  const same = exposables.find((other) => hosts[other] === host);
  const off = whyNotHere(part, settings);
  return [
    ...(off === undefined ? [] : [conflict(key, `is "${host}", but ${off}: there is nothing to expose; leave it out`)]),
    ...(same === part || same === undefined
      ? []
      : [conflict(key, `is "${host}", as access.hosts.${same} is: each needs a name of its own`)]),
    ...(gateway + ingressClass === ""
      ? [conflict(key, `is "${host}", but nothing brings requests: set access.gateway or access.ingressClass`)]
      : []),
    ...(networkPolicies.enabled && controllerNamespace === ""
      ? [
          conflict(
            key,
            `is "${host}", but networkPolicies.enabled lets no gateway in: set access.controllerNamespace to its pods' namespace, or to *`,
          ),
        ]
      : []),
    ...(part !== "grafana" && authentication === "none"
      ? [
          conflict(
            key,
            `is "${host}", but access.authentication is "none", and ${exposable[part]} has no login: whoever finds the name would read it; ` +
              "must be gateway, where yours asks for a login, or oauth2-proxy",
          ),
        ]
      : []),
  ];
}

/** Why the stack makes no such part. */
function whyNotHere(part: Exposable, { parts, logs }: Settings): string | undefined {
  if (part === "logs" && logs.otlpEndpoint !== "") return "logs.otlpEndpoint is of a store elsewhere";
  return part in parts && !parts[part as keyof typeof parts] ? `parts.${part} is false` : undefined;
}

/** What uses the provider, as messages say it, and what it needs of its settings. */
function loginUses({ access, oidc, parts }: Settings): { why: string; needs: readonly (keyof Settings["oidc"])[] }[] {
  const client = ["clientId", "clientSecret"] as const;
  return [
    ...(access.authentication === "oauth2-proxy"
      ? [{ why: "access.authentication is oauth2-proxy", needs: ["issuerUrl", ...client] as const }]
      : []),
    ...(parts.grafana && oidc.authorizationUrl !== "" ? [{ why: "oidc.authorizationUrl is set", needs: client }] : []),
  ];
}

/** A provider that nobody would be sent to. */
function unusedLogin(oidc: Settings["oidc"]): [string, string][] {
  // With it Grafana is meant, which may be off for a while.
  if (oidc.authorizationUrl !== "") return [];
  return (["issuerUrl", "clientId", "clientSecret"] as const)
    .filter((key) => oidc[key] !== "")
    .map((key) =>
      conflict(
        `oidc.${key}`,
        "is set, but nothing asks for that login: set access.authentication to oauth2-proxy, or oidc.authorizationUrl for Grafana",
      ),
    );
}

function loginConflicts(
  oidc: Settings["oidc"],
  { why, needs }: ReturnType<typeof loginUses>[number],
): [string, string][] {
  return [
    ...needs
      .filter((key) => oidc[key] === "")
      .map((key) => conflict(`oidc.${key}`, `is empty, but ${why}, which needs it`)),
    ...(oidc.emailDomains.length + oidc.groups.length === 0
      ? [
          conflict(
            "oidc.emailDomains",
            `and oidc.groups are empty, but ${why}: everybody whom the provider knows would get in; set one of them`,
          ),
        ]
      : []),
  ];
}

function grafanaLoginConflicts({ access, oidc, parts }: Settings): [string, string][] {
  const urls = ["authorizationUrl", "tokenUrl", "userInfoUrl"] as const;
  const missing = urls.filter((key) => oidc[key] === "");
  if (missing.length === urls.length || !parts.grafana) {
    return (["grafanaAdmins", "grafanaEditors"] as const)
      .filter((key) => oidc[key].length > 0)
      .map((key) =>
        conflict(`oidc.${key}`, "has groups, but Grafana asks no provider: set oidc.authorizationUrl, or leave it out"),
      );
  }
  const there = urls.find((key) => oidc[key] !== "") ?? "";
  return [
    ...missing.map((key) =>
      conflict(`oidc.${key}`, `is empty, but oidc.${there} is set: Grafana needs all three addresses`),
    ),
    ...(access.hosts.grafana === undefined
      ? [
          conflict(
            `oidc.${there}`,
            "is set, but access.hosts.grafana is missing: the provider sends people back to Grafana's host name; set it",
          ),
        ]
      : []),
  ];
}

function conflict(key: string, problem: string): [string, string] {
  return [key, problem];
}
