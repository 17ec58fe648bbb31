import assert from "node:assert/strict";
import { grafanaSpec } from "../../../components/backends/grafana.ts";
import { loginConfig, loginEnv } from "../../../components/backends/grafanaLogin.ts";
import { variants } from "../../../review/program/variants.ts";
import { parseSettings } from "../../../settings/read.ts";

const { oidc, grafana: settings } = parseSettings(variants["hosts behind oauth2-proxy"] ?? {});
const section = (more: Partial<typeof oidc> = {}) => loginConfig({ ...oidc, ...more })["auth.generic_oauth"] ?? {};

describe("Grafana's login by a provider", () => {
  it("is off without the provider's addresses", () => {
    const off = parseSettings({}).oidc;
    assert.deepEqual([loginConfig(off), loginEnv(off)], [{}, []]);
  });

  it("has the provider's addresses and the client", () => {
    const { enabled, client_id, auth_url, token_url, api_url, scopes } = section();
    assert.deepEqual(
      [enabled, client_id, auth_url, token_url, api_url, scopes],
      ["true", "observability", oidc.authorizationUrl, oidc.tokenUrl, oidc.userInfoUrl, "openid profile email"],
    );
  });

  it("takes the client's secret from a Secret, and has it nowhere else", () => {
    const spec = grafanaSpec({ settings, oidc, publicUrl: "https://grafana.example.org" }, []);
    const [container] = spec.deployment.spec.template.spec.containers;
    assert.deepEqual(container?.env.at(-1), {
      name: "GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET",
      valueFrom: { secretKeyRef: { name: "oidc-client", key: "client-secret" } },
    });
    assert.ok(!JSON.stringify(spec.config).includes("client_secret"));
  });

  it("gives the first role that fits, and Viewer to everybody else who is let in", () => {
    const { role_attribute_path: path } = section({
      groupsClaim: "roles",
      grafanaAdmins: ["a", "b c"],
      grafanaEditors: ["d"],
    });
    assert.equal(
      path,
      "contains(roles[*], 'a') && 'Admin' || contains(roles[*], 'b c') && 'Admin' || contains(roles[*], 'd') && 'Editor' || 'Viewer'",
    );
  });

  it("names a claim of any provider as JMESPath does", () => {
    const { groups_attribute_path: groups, role_attribute_path: role } = section({
      groupsClaim: "cognito:groups",
      grafanaAdmins: ["a"],
      grafanaEditors: [],
    });
    assert.deepEqual(
      [groups, role],
      ['"cognito:groups"[*]', `contains("cognito:groups"[*], 'a') && 'Admin' || 'Viewer'`],
    );
    // The reader of Grafana's configuration would take the quotes away.
    assert.doesNotMatch(groups ?? "", /^"[^"]*"$/);
    assert.equal(section({ groupsClaim: "realm_access.roles" })["groups_attribute_path"], "realm_access.roles[*]");
  });

  it("lets in by group, with blanks in its name or without, and by domain", () => {
    assert.equal(section({ groups: ["a b", "c"] })["allowed_groups"], '["a b","c"]');
    assert.equal(
      section({ emailDomains: ["a.example.org", "b.example.org"] })["allowed_domains"],
      "a.example.org b.example.org",
    );
    assert.ok(!("allowed_domains" in section()));
  });
});
