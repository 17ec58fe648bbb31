import assert from "node:assert/strict";
import { parseSettings, SettingsError } from "../../settings/read.ts";

/** Texts that a setting takes and refuses. */
interface Form {
  readonly setting: (value: string) => Record<string, object>;
  readonly taken: readonly string[];
  readonly refused: readonly string[];
}

const many = "a".repeat(254);

const forms: Record<string, Form> = {
  "a URL": {
    setting: (url) => ({ prometheus: { remoteWrite: [{ url }] } }),
    taken: [
      ...[
        "https://h.example.org",
        "http://h:9090/api?x=%20y",
        "https://[fd00::1]:443/x",
        "https://my_host.example.org/",
      ],
    ],
    refused: [
      ...["https://h.example.org\\x", "https://h.example.org/%zz", "https://h:0/", "https://h:70000/", "https://h:/"],
      ...[
        "https://a..b/",
        "https://-/",
        "https://h{}.org/",
        "https://h.org/a b",
        'https://h.org/"',
        "https://%41.org/",
      ],
      ...["https://h.org/#part", "https://ex\u00e4mple.org/", "https://me:harmless@h.org/", "ftp://h.org/"],
    ],
  },
  "a registry": {
    setting: (registry) => ({ images: { registry } }),
    taken: ["", "registry.example.org", "registry.example.org:5000/a/b-c", "localhost:5005", "10.0.0.1/x__y"],
    refused: [
      ...["registry.example.org//mirror", "mirror", "mirror/proj", "..", "-", "registry.example.org/a/../b"],
      ...["registry.example.org:0", "registry.example.org:70000", "registry.example.org/_x", "Registry.example.org/x"],
      ...["registry.example.org/x:5", "registry.example.org/a___b", "https://registry.example.org"],
    ],
  },
  "the name of a Secret": {
    setting: (name) => ({ images: { pullSecrets: [name] } }),
    taken: ["registry", "registry.login-1"],
    refused: ["", "a..b", "a.-b", "A", many],
  },
  "the origin of a page": {
    setting: (origin) => ({ collector: { corsOrigins: [origin] } }),
    taken: ["https://shop.example.org", "http://localhost:3000", "https://*.example.org"],
    refused: [
      ...["https://shop.example.org:443", "http://shop.example.org:80", "https://shop.example.org/", "https://a..b"],
      ...["https://.", "https://1", "shop.example.org", "*", "https://Shop.example.org"],
    ],
  },
};

const parse = (setting: Record<string, object>) =>
  parseSettings(Object.fromEntries(Object.entries(setting).map(([key, value]) => [key, JSON.stringify(value)])));

describe("a setting that has a form", () => {
  for (const [what, { setting, taken, refused }] of Object.entries(forms)) {
    it(`takes what is ${what}`, () => {
      for (const value of taken) parse(setting(value));
    });

    it(`refuses what is not ${what}`, () => {
      for (const value of refused) assert.throws(() => parse(setting(value)), SettingsError, value);
    });
  }

  it("refuses a list in which something stands twice, where that would be refused later", () => {
    const settings: Record<string, object>[] = [
      { images: { pullSecrets: ["a", "b", "a"] } },
      { collector: { corsOrigins: ["https://a.org", "https://a.org"] } },
    ];
    for (const setting of settings)
      assert.throws(() => parse(setting), /must be a list in which nothing stands twice$/);
  });
});
