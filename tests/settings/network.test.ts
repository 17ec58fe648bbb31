import assert from "node:assert/strict";
import { parseSettings, SettingsError } from "../../settings/read.ts";

const network = "a network such as 10.0.0.1/32 or fd00::/64";
const optionalUrl = "empty, or a URL without a login and a query such as https://example.org";

/** A setting of the network, values that are refused, and what is allowed. */
const wrong: readonly [string, readonly (string | number)[], string][] = [
  [
    "networkPolicies.apiServerCidrs.0",
    ["", "10.0.0.1", "10.0.0.0/33", "10.0.0.256/32", "fd00::/129", "fd00::g/64", "api.example.org/32", "10.0.0.0 /8"],
    network,
  ],
  ["networkPolicies.receiverPorts.0", [0, -1, 65_536, 587.5], "an integer from 1 to 65535"],
  ["networkPolicies.apiServerPorts.0", [0, 65_536], "an integer from 1 to 65535"],
  ["networkPolicies.issuerPorts.0", [0, 65_536], "an integer from 1 to 65535"],
  ["prometheus.replicaLabel", ["a-b", "1a", "a b"], "the name of a label such as __replica__, or empty for none"],
  [
    "jaeger.endpoint",
    ["a:0", "a:65536", "a", "a:b", "%:1", "[fd00:4317", "http://a:1"],
    "empty, or host:port such as jaeger.example:4317",
  ],
  ["jaeger.url", ["https://a:70000", "https://a:b", "https://:1", "https://%"], optionalUrl],
  ["logs.otlpEndpoint", ["https://a:70000", "https://a/otlp?api_key=abc"], optionalUrl],
  ["grafana.url", ["https://a/?orgId=1"], optionalUrl],
  [
    "prometheus.replicaLabel",
    ["pod", "namespace", "severity", "k8s_cluster_name"],
    "the name of a label that neither series nor alerts have, such as __replica__",
  ],
  ["prometheus.remoteWrite.0.url", ["https://a:70000", "a:9090"], "a URL without a login such as https://example.org"],
  [
    "images.registry",
    ["https://registry.example.org", "registry.example.org/", "Registry", "a b"],
    "empty, or host, port and path of a registry such as registry.example.org/mirror",
  ],
  [
    "collector.corsOrigins.0",
    ["*", "https://*", "https://shop.example.org/", "shop.example.org", "https://a:70000"],
    "the origin of a page such as https://shop.example.org or https://*.example.org",
  ],
  [
    "sampleApi.image",
    [
      ...["", "python-api", "localhost:5005/python-api", "python-api:latest", "-x:1", "python-api@sha256:12"],
      ...["ghcr.io/MyOrg/python-api:0.1.0", "MyOrg/python-api:0.1.0", "python-api::1", "a//b:1", "a/:1"],
    ],
    "an image in small letters with a tag or a digest, not latest, such as registry.example.org/python-api:0.1.0",
  ],
  ["images.pullSecrets.0", ["", "My login"], "the name of a Secret"],
  ["sampleApi.upstreamUrl", ["https://a:70000"], "a URL without a login such as https://example.org"],
];

/** The value at a key such as `a.b.0.c`, as the CLI hands it over. */
function config(key: string, value: unknown): Record<string, string> {
  const [outer = "", ...path] = key.split(".");
  const nested = path.reduceRight<unknown>((inner, name) => (name === "0" ? [inner] : { [name]: inner }), value);
  return { [outer]: JSON.stringify(nested) };
}

describe("settings of the network", () => {
  for (const [key, values, allowed] of wrong) {
    for (const value of values) {
      it(`refuse ${JSON.stringify(value)} as ${key}, in one line with the key`, () => {
        assert.throws(
          () => parseSettings(config(key, value)),
          new SettingsError([`fluffy-observability:${key} is ${JSON.stringify(value)}: must be ${allowed}`]),
        );
      });
    }
  }

  it("refuse fewer pods at most than at least", () => {
    assert.throws(
      () => parseSettings({ collector: JSON.stringify({ replicas: 3, maxReplicas: 2 }) }),
      new SettingsError([
        "fluffy-observability:collector.maxReplicas is 2: must be 0, or collector.replicas (3) or more",
      ]),
    );
  });

  it("take every form of an image's name", () => {
    for (const image of [
      ...["python-api:0.1.0", "localhost:5005/a/python_api:v1", "Registry.example.org/a.b/c__d:x-1"],
      ...[`[fd00::1]:5000/a:1`, `a@sha256:${"0".repeat(64)}`, `registry/a:1@sha256:${"0".repeat(64)}`],
    ])
      assert.equal(parseSettings(config("sampleApi.image", image)).sampleApi.image, image);
  });

  it("take networks of both families", () => {
    const apiServerCidrs = ["10.0.0.1/32", "0.0.0.0/0", "fd00::/64", "2001:db8::1/128"];
    const { networkPolicies } = parseSettings(config("networkPolicies.apiServerCidrs", apiServerCidrs));
    assert.deepEqual(networkPolicies.apiServerCidrs, apiServerCidrs);
  });
});
