import assert from "node:assert/strict";
import { proxyArgs, proxyDeploymentSpec } from "../../../components/access/oauth2Proxy.ts";
import { parseSettings } from "../../../settings/read.ts";

const proxy = { name: "oauth2-proxy-jaeger", host: "jaeger.example.org", upstream: "http://jaeger:16686/" };
const oidcOf = (more: object) =>
  parseSettings({
    oidc: JSON.stringify({
      issuerUrl: "https://login.example.org/",
      clientId: "stack",
      clientSecret: "client",
      groups: ["team"],
      ...more,
    }),
    access: JSON.stringify({ authentication: "oauth2-proxy" }),
  }).oidc;

describe("proxyArgs", () => {
  it("let in members of a group, whatever their address", () => {
    const args = proxyArgs(proxy, oidcOf({ groups: ["a", "b"], groupsClaim: "roles" }));
    assert.deepEqual(
      args.filter((each) => /^--(email|allowed|oidc-groups)/.test(each)),
      ["--email-domain=*", "--allowed-group=a", "--allowed-group=b", "--oidc-groups-claim=roles"],
    );
  });

  it("let in addresses of a domain", () => {
    const args = proxyArgs(proxy, oidcOf({ emailDomains: ["example.org"], groups: [] }));
    assert.deepEqual(
      args.filter((each) => /^--(email|allowed)/.test(each)),
      ["--email-domain=example.org"],
    );
  });

  it("name the issuer as it names itself, and where a login comes back to", () => {
    const args = proxyArgs(proxy, oidcOf({}));
    for (const each of [
      "--oidc-issuer-url=https://login.example.org/",
      "--redirect-url=https://jaeger.example.org/oauth2/callback",
      "--upstream=http://jaeger:16686/",
      "--scope=openid profile email",
    ])
      assert.ok(args.includes(each), each);
  });
});

describe("proxyDeploymentSpec", () => {
  const { selector, template } = proxyDeploymentSpec(proxy, oidcOf({}));

  it("reads its secrets from files of two Secrets, and knows none of them itself", () => {
    assert.deepEqual(
      template.spec.volumes.map(({ secret }) => [secret.secretName, secret.items[0]?.key]),
      [
        ["client", "client-secret"],
        ["oauth2-proxy-cookie", "cookie-secret"],
      ],
    );
    const [container = assert.fail()] = template.spec.containers;
    assert.ok(container.args.includes("--client-secret-file=/etc/oauth2-proxy/client/client-secret"));
    assert.ok(container.args.includes("--cookie-secret-file=/etc/oauth2-proxy/cookie/cookie-secret"));
    assert.ok(!container.args.some((each) => /^--(client|cookie)-secret=/.test(each)));
  });

  it("knows the CA of what is behind it, and of that Secret nothing else", () => {
    const { spec } = proxyDeploymentSpec({ ...proxy, caSecret: "jaeger-tls" }, oidcOf({})).template;
    assert.deepEqual(spec.volumes.at(-1), {
      name: "ca",
      secret: { secretName: "jaeger-tls", items: [{ key: "ca.crt", path: "ca.crt" }] },
    });
    const [container = assert.fail()] = spec.containers;
    assert.deepEqual(container.env, [{ name: "SSL_CERT_DIR", value: container.volumeMounts.at(-1)?.mountPath }]);
    assert.ok(!("env" in (template.spec.containers[0] ?? {})));
  });

  it("finds the pods of one proxy only", () => {
    assert.equal(selector.matchLabels["app.kubernetes.io/instance"], "oauth2-proxy-jaeger");
    for (const [label, value] of Object.entries(selector.matchLabels))
      assert.equal((template.metadata.labels as Record<string, string>)[label], value);
  });
});
