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
    ".password is not a setting; allowed are: url, basicAuthSecret, tokenSecret",
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
