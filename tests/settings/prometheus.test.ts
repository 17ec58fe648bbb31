import assert from "node:assert/strict";
import { parseSettings, SettingsError } from "../../settings/read.ts";

const url = "https://metrics.example.org/api/v1/write";

/** What is wrong, a store elsewhere, and the line about it. */
const wrong: readonly [string, object, string][] = [
  [
    "a login in the URL",
    { url: "https://me:secret@metrics.example.org" },
    '.url is "https://[secret]@metrics.example.org": must be a URL without a login such as https://example.org',
  ],
  ["no URL", {}, ".url is missing: must be a URL without a login such as https://example.org"],
  [
    "a password in plain",
    { url, password: "x" },
    ".password is not a setting; allowed are: url, basicAuthSecret, tokenSecret, caSecret",
  ],
  [
    "no name of a Secret",
    { url, tokenSecret: "My token" },
    '.tokenSecret is "My token": must be empty, or the name of a Secret',
  ],
  [
    "two credentials",
    { url, tokenSecret: "token", basicAuthSecret: "login" },
    ".tokenSecret is set beside basicAuthSecret: a request carries one of them; leave one empty",
  ],
  [
    "credentials that go over the network in plain",
    { url: "http://metrics.example.org", tokenSecret: "token" },
    ".url is http, but has a Secret: whoever is on the way would read it; use https",
  ],
  [
    "a CA of what has no certificate",
    { url: "http://metrics.example.org", caSecret: "ca" },
    ".caSecret is set, but its url is http, where nothing has a certificate; use https, or leave it empty",
  ],
];

describe("prometheus.remoteWrite", () => {
  for (const [what, store, line] of wrong) {
    it(`refuses ${what} in one line`, () => {
      assert.throws(
        () => parseSettings({ prometheus: JSON.stringify({ remoteWrite: [store] }) }),
        new SettingsError([`fluffy-observability:prometheus.remoteWrite.0${line}`]),
      );
    });
  }

  it("refuses the same store twice, which Prometheus would not start with", () => {
    const store = { url, tokenSecret: "token" };
    assert.throws(
      () => parseSettings({ prometheus: JSON.stringify({ remoteWrite: [store, { url }, store] }) }),
      new SettingsError([
        "fluffy-observability:prometheus.remoteWrite.2 is the same as prometheus.remoteWrite.0: Prometheus takes it once only",
      ]),
    );
  });
});

describe("prometheus.shards", () => {
  const elsewhere = { remoteWrite: [{ url }], queryUrl: "https://metrics.example.org/prometheus" };
  const refused = (prometheus: object, config: Record<string, string> = {}) => {
    try {
      parseSettings({ ...config, prometheus: JSON.stringify(prometheus) });
    } catch (error) {
      return (error as SettingsError).message;
    }
    return undefined;
  };
  const part =
    "a shard has the metrics of some of the Collector's pods only, so that rules and dashboards would count a part of each service; " +
    "must be 1 without a store that has all";

  it("is 1, and may be more with a store that has all and answers", () => {
    assert.equal(parseSettings({}).prometheus.shards, 1);
    assert.equal(refused({ shards: 4, ...elsewhere }), undefined);
  });

  it("is refused where rules and dashboards would count a part of a service, with the reason in one line", () => {
    const shards = "fluffy-observability:prometheus.shards is 4, but prometheus";
    assert.equal(refused({ shards: 4 }), `${shards}.remoteWrite and prometheus.queryUrl are empty: ${part}`);
    assert.equal(refused({ ...elsewhere, shards: 4, queryUrl: "" }), `${shards}.queryUrl is empty: ${part}`);
    assert.equal(refused({ ...elsewhere, shards: 4, remoteWrite: [] }), `${shards}.remoteWrite is empty: ${part}`);
  });

  it("lets nobody open one shard by a host name, and one Prometheus ask nobody else", () => {
    const access = JSON.stringify({
      ...{ ingressClass: "nginx", authentication: "gateway" },
      hosts: { prometheus: "prometheus.example.org" },
    });
    assert.equal(
      refused({ shards: 2, ...elsewhere }, { access }),
      'fluffy-observability:access.hosts.prometheus is "prometheus.example.org", but prometheus.shards is 2: one shard would answer with ' +
        "its part; leave it out",
    );
    assert.equal(
      refused({ queryUrl: elsewhere.queryUrl }),
      "fluffy-observability:prometheus.queryUrl is set, but prometheus.shards is 1: Prometheus answers itself; leave it empty",
    );
  });
});
