import type { EnvVar } from "../customResources/common.ts";
import { clientSecretKey } from "../../catalog/names.ts";
import type { Settings } from "../../settings/read.ts";

type Oidc = Settings["oidc"];

/**
 * Grafana's section `auth.generic_oauth`; nothing where the provider's addresses are not set. Nothing secret is in it.
 *
 * @see https://grafana.com/docs/grafana/latest/setup-grafana/configure-security/configure-authentication/generic-oauth/
 */
export function loginConfig(oidc: Oidc): Record<string, Record<string, string>> {
  if (oidc.authorizationUrl === "") return {};
  const { groupsClaim, groups, emailDomains } = oidc;
  return {
    "auth.generic_oauth": {
      ...{ enabled: "true", name: "OpenID Connect", allow_sign_up: "true", use_pkce: "true" },
      client_id: oidc.clientId,
      scopes: oidc.scopes.join(" "),
      auth_url: oidc.authorizationUrl,
      token_url: oidc.tokenUrl,
      api_url: oidc.userInfoUrl,
      groups_attribute_path: groupsPath(groupsClaim),
      role_attribute_path: rolePath(oidc),
      ...(emailDomains.length > 0 ? { allowed_domains: emailDomains.join(" ") } : {}),
      // As JSON: a group may have blanks in its name.
      ...(groups.length > 0 ? { allowed_groups: JSON.stringify(groups) } : {}),
    },
  };
}

/** The client's secret, which Grafana takes from its environment. */
export function loginEnv(oidc: Oidc): EnvVar[] {
  if (oidc.authorizationUrl === "") return [];
  return [
    {
      name: "GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET",
      valueFrom: { secretKeyRef: { name: oidc.clientSecret, key: clientSecretKey } },
    },
  ];
}

/**
 * The groups of a claim as JMESPath: by a path such as `realm_access.roles`, as oauth2-proxy reads it; a name with other signs stands in quotes.
 * What ends it keeps them: the configuration's reader would take away quotes around the whole value.
 */
function groupsPath(claim: string): string {
  const path = /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/.test(claim) ? claim : `"${claim}"`;
  return `${path}[*]`;
}

/** Which role somebody has, as JMESPath over what the provider says: the first that fits, Viewer for everybody else. */
function rolePath({ groupsClaim, grafanaAdmins, grafanaEditors }: Oidc): string {
  const roles = [
    ...grafanaAdmins.map((group) => [group, "Admin"] as const),
    ...grafanaEditors.map((group) => [group, "Editor"] as const),
  ];
  return [
    ...roles.map(([group, role]) => `contains(${groupsPath(groupsClaim)}, '${group}') && '${role}'`),
    "'Viewer'",
  ].join(" || ");
}
