/** Settings by their flattened keys. */
type Flat = Readonly<Record<string, unknown>>;

const ingress = { "access.ingressClass": "nginx" };
const policies = { "networkPolicies.enabled": true };
const hosts = { grafana: "grafana.example.org" };
const exposed = { ...ingress, "access.hosts": hosts };

/** Prometheus with a host name, behind a login. */
const behindProxy: Flat = {
  ...{ ...ingress, "access.authentication": "oauth2-proxy" },
  "access.hosts": { prometheus: "prometheus.example.org" },
  ...{ "oidc.issuerUrl": "https://login.example.org", "oidc.clientId": "stack", "oidc.clientSecret": "client" },
  "oidc.groups": ["team"],
};

/** Grafana with logins by a provider. */
const grafanaLogin: Flat = {
  ...exposed,
  ...{ "oidc.clientId": "stack", "oidc.clientSecret": "client", "oidc.groups": ["team"] },
  ...{ "oidc.authorizationUrl": "https://login.example.org", "oidc.tokenUrl": "https://login.example.org/token" },
  "oidc.userInfoUrl": "https://login.example.org/userinfo",
};

/** Two values of each setting of access, of the network, and of TLS inside, that must make a difference, and other settings of both runs. */
export const accessTrials: Readonly<Record<string, { from?: unknown; to: unknown; with: Flat }>> = {
  "access.gateway": { from: "a/public/https", to: "b/public/https", with: { "access.hosts": hosts } },
  "access.ingressClass": { from: "a", to: "b", with: { "access.hosts": hosts } },
  "access.controllerNamespace": { from: "a", to: "*", with: { ...exposed, ...policies } },
  "access.issuer": { to: "self-signed", with: exposed },
  "access.authentication": {
    ...{ from: "gateway", to: "oauth2-proxy" },
    with: { ...behindProxy, ...grafanaLogin, "access.hosts": { ...hosts, prometheus: "prometheus.example.org" } },
  },
  "access.hosts": { to: hosts, with: ingress },
  "oidc.issuerUrl": { from: "https://a.example.org", to: "https://b.example.org", with: behindProxy },
  "oidc.clientId": { from: "a", to: "b", with: behindProxy },
  "oidc.clientSecret": { from: "a", to: "b", with: behindProxy },
  "oidc.emailDomains": { from: ["a.example.org"], to: ["b.example.org"], with: behindProxy },
  "oidc.groups": { from: ["a"], to: ["b"], with: behindProxy },
  "oidc.scopes": { to: ["openid", "groups"], with: behindProxy },
  "oidc.authorizationUrl": { to: "https://b.example.org", from: "https://a.example.org", with: grafanaLogin },
  "oidc.tokenUrl": { to: "https://b.example.org", from: "https://a.example.org", with: grafanaLogin },
  "oidc.userInfoUrl": { to: "https://b.example.org", from: "https://a.example.org", with: grafanaLogin },
  "oidc.grafanaAdmins": { to: ["a"], with: grafanaLogin },
  "oidc.grafanaEditors": { to: ["a"], with: grafanaLogin },
  "oidc.groupsClaim": { to: "roles", with: behindProxy },
  "networkPolicies.enabled": { to: true, with: {} },
  "networkPolicies.apiServerCidrs": { to: ["10.0.0.1/32"], with: policies },
  "networkPolicies.apiServerPorts": { to: [16_443], with: policies },
  "networkPolicies.issuerPorts": { to: [8200], with: policies },
  "networkPolicies.receiverPorts": { to: [465], with: policies },
  "tls.internal": { to: true, with: {} },
  "tls.applications": { to: true, with: {} },
  "tls.applicationNamespaces": { to: ["orders"], with: { "tls.applications": true } },
  "tls.issuer": { to: "ClusterIssuer/company-ca", with: { "tls.internal": true } },
};
