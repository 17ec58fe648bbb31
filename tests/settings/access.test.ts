import assert from "node:assert/strict";
import { parseSettings, SettingsError } from "../../settings/read.ts";

const text = (config: object) =>
  Object.fromEntries(
    Object.entries(config).map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
  );
/** What is said of settings, a line each, without the project's name. */
function refused(config: object): string[] {
  try {
    parseSettings(text(config));
    return [];
  } catch (error) {
    assert.ok(error instanceof SettingsError);
    return error.message.split("\n").map((line) => line.replace("fluffy-observability:", ""));
  }
}

const gateway = "gateways/public/https";
const grafana = "grafana.example.org";
const prometheus = "prometheus.example.org";
const oidc = { issuerUrl: "https://login.example.org/", clientId: "stack", clientSecret: "client", groups: ["team"] };

describe("the setting access", () => {
  it("takes Grafana alone without anything before it: it has a login", () => {
    assert.deepEqual(refused({ access: { gateway, hosts: { grafana } } }), []);
    assert.deepEqual(refused({ access: { ingressClass: "nginx", hosts: { grafana } } }), []);
  });

  for (const [part, name] of [
    ["prometheus", "Prometheus"],
    ["alertmanager", "Alertmanager"],
    ["jaeger", "Jaeger"],
    ["logs", "VictoriaLogs"],
  ] as const) {
    it(`refuses ${name} without a login before it, and says why`, () => {
      const hosts = { [part]: `${part}.example.org` };
      assert.deepEqual(refused({ access: { gateway, hosts } }), [
        `access.hosts.${part} is "${part}.example.org", but access.authentication is "none", and ${name} has no login: ` +
          "whoever finds the name would read it; must be gateway, where yours asks for a login, or oauth2-proxy",
      ]);
      assert.deepEqual(refused({ access: { gateway, hosts, authentication: "gateway" } }), []);
      assert.deepEqual(refused({ access: { gateway, hosts, authentication: "oauth2-proxy" }, oidc }), []);
    });
  }

  it("wants one way in, and only one", () => {
    assert.deepEqual(refused({ access: { hosts: { grafana } } }), [
      `access.hosts.grafana is "${grafana}", but nothing brings requests: set access.gateway or access.ingressClass`,
    ]);
    assert.deepEqual(refused({ access: { gateway, ingressClass: "nginx" } }), [
      "access.ingressClass and access.gateway are both set: a host comes in one way; leave one empty",
    ]);
  });

  it("refuses what would do nothing", () => {
    assert.deepEqual(refused({ access: { issuer: "self-signed" } }), [
      'access.issuer is "self-signed", but access.hosts is empty: nothing needs a certificate; leave it out',
    ]);
    assert.deepEqual(refused({ oidc: { grafanaAdmins: ["a"], grafanaEditors: ["b"] } }), [
      "oidc.grafanaAdmins has groups, but Grafana asks no provider: set oidc.authorizationUrl, or leave it out",
      "oidc.grafanaEditors has groups, but Grafana asks no provider: set oidc.authorizationUrl, or leave it out",
    ]);
  });

  it("wants a host for one part only, and one that the stack makes", () => {
    const access = { gateway, authentication: "gateway", hosts: { grafana, prometheus: grafana } };
    assert.deepEqual(refused({ access }), [
      `access.hosts.prometheus is "${grafana}", as access.hosts.grafana is: each needs a name of its own`,
    ]);
    assert.deepEqual(refused({ access: { gateway, hosts: { grafana } }, parts: { grafana: false } }), [
      `access.hosts.grafana is "${grafana}", but parts.grafana is false: there is nothing to expose; leave it out`,
    ]);
    const logs = { otlpEndpoint: "https://otlp.example.org" };
    assert.deepEqual(refused({ access: { ...access, hosts: { logs: "logs.example.org" } }, logs }), [
      'access.hosts.logs is "logs.example.org", but logs.otlpEndpoint is of a store elsewhere: there is nothing to expose; leave it out',
    ]);
  });

  it("wants to know whom NetworkPolicies let in", () => {
    const networkPolicies = { enabled: true };
    assert.deepEqual(refused({ access: { gateway, hosts: { grafana } }, networkPolicies }), [
      `access.hosts.grafana is "${grafana}", but networkPolicies.enabled lets no gateway in: set access.controllerNamespace to its pods' namespace, or to *`,
    ]);
    for (const controllerNamespace of ["ingress", "*"]) {
      assert.deepEqual(refused({ access: { gateway, hosts: { grafana }, controllerNamespace }, networkPolicies }), []);
    }
  });

  it("wants of oauth2-proxy all that it needs, and somebody to be kept out", () => {
    const access = { gateway, hosts: { prometheus }, authentication: "oauth2-proxy" };
    assert.deepEqual(refused({ access }), [
      "oidc.issuerUrl is empty, but access.authentication is oauth2-proxy, which needs it",
      "oidc.clientId is empty, but access.authentication is oauth2-proxy, which needs it",
      "oidc.clientSecret is empty, but access.authentication is oauth2-proxy, which needs it",
      "oidc.emailDomains and oidc.groups are empty, but access.authentication is oauth2-proxy: everybody whom the provider knows would get in; set one of them",
    ]);
  });

  for (const [key, value, must] of [
    ["gateway", "public", "empty, or namespace/name/listener of a Gateway such as gateways/public/https"],
    ["ingressClass", "a b", "empty, or the name of an IngressClass such as nginx"],
    ["controllerNamespace", "In", "empty, the name of a namespace such as ingress, or *"],
    ["issuer", "letsencrypt", "empty, self-signed, Secret/NAME, Issuer/NAME or ClusterIssuer/NAME"],
    ["authentication", "basic", "one of none, gateway, oauth2-proxy"],
  ] as const) {
    it(`says what is allowed: ${key}`, () => {
      assert.deepEqual(refused({ access: { [key]: value } }), [`access.${key} is "${value}": must be ${must}`]);
    });
  }

  it("says which hosts there are, and what one looks like", () => {
    assert.deepEqual(refused({ access: { hosts: { tempo: "tempo.example.org" } } }), [
      "access.hosts.tempo is not a setting; allowed are: grafana, prometheus, alertmanager, jaeger, logs",
    ]);
    for (const host of [
      "grafana",
      "https://grafana.example.org",
      "grafana.example.org:443",
      "Grafana.example.org",
      "10.0.0.1",
      `${"a".repeat(64)}.example.org`,
    ]) {
      assert.deepEqual(refused({ access: { gateway, hosts: { grafana: host } } }), [
        `access.hosts.grafana is "${host}": must be a host name such as grafana.example.org`,
      ]);
    }
  });
});

describe("the setting oidc", () => {
  it("keeps the issuer as it names itself: a slash at its end counts", () => {
    const settings = parseSettings(text({ oidc, access: { authentication: "oauth2-proxy" } }));
    assert.equal(settings.oidc.issuerUrl, "https://login.example.org/");
  });

  for (const [key, value, must] of [
    [
      "issuerUrl",
      "http://login.example.org",
      "empty, or an https URL without a login such as https://login.example.org",
    ],
    ["clientId", "a b", "empty, or the id of a client, of letters, digits and . _ : / @ ~ + -"],
    ["clientSecret", "Secret", "empty, or the name of a Secret"],
    ["groupsClaim", "a b", "the name of a claim such as groups, cognito:groups or https://example.org/groups"],
  ] as const) {
    it(`says what is allowed: ${key}`, () => {
      assert.deepEqual(refused({ oidc: { [key]: value } }), [`oidc.${key} is "${value}": must be ${must}`]);
    });
  }

  const urls = {
    authorizationUrl: "https://a.example.org",
    tokenUrl: "https://b.example.org",
    userInfoUrl: "https://c.example.org",
  };
  const access = { gateway, hosts: { grafana } };

  it("takes a login to Grafana with all of its addresses, a host name, and somebody to be kept out", () => {
    const client = { ...oidc, issuerUrl: "" };
    assert.deepEqual(refused({ oidc: { ...client, ...urls }, access }), []);
    assert.deepEqual(refused({ oidc: { ...client, ...urls } }), [
      "oidc.authorizationUrl is set, but access.hosts.grafana is missing: the provider sends people back to Grafana's host name; set it",
    ]);
    assert.deepEqual(refused({ oidc: { ...client, ...urls, tokenUrl: "" }, access }), [
      "oidc.tokenUrl is empty, but oidc.authorizationUrl is set: Grafana needs all three addresses",
    ]);
    assert.deepEqual(refused({ oidc: urls, access }), [
      "oidc.clientId is empty, but oidc.authorizationUrl is set, which needs it",
      "oidc.clientSecret is empty, but oidc.authorizationUrl is set, which needs it",
      "oidc.emailDomains and oidc.groups are empty, but oidc.authorizationUrl is set: everybody whom the provider knows would get in; set one of them",
    ]);
  });

  it("refuses a provider that nobody would be sent to", () => {
    const unused =
      "is set, but nothing asks for that login: set access.authentication to oauth2-proxy, or oidc.authorizationUrl for Grafana";
    assert.deepEqual(
      refused({ oidc }),
      ["issuerUrl", "clientId", "clientSecret"].map((key) => `oidc.${key} ${unused}`),
    );
  });

  it("asks for openid: without it providers give no token to log in with", () => {
    assert.deepEqual(refused({ oidc: { scopes: ["groups"] } }), [
      "oidc.scopes has no openid: providers give no login without it",
    ]);
  });

  it("takes no group that a flag would split", () => {
    assert.deepEqual(refused({ oidc: { groups: ["a,b"] } }), [
      'oidc.groups.0 is "a,b": must be a group of letters, digits, blanks and . _ : / @ -',
    ]);
  });
});
