import assert from "node:assert/strict";
import type { ResourceValidation, ResourceValidationArgs } from "@pulumi/policy";
import { imageDigests } from "../../catalog/imageDigests.ts";
import { everyImage } from "../../catalog/imageRegistry.ts";
import { policies } from "../../policy/policies.ts";
import { runProgram } from "../../review/program/program.ts";
import { productionExample, stackConfig } from "../../review/program/stackConfig.ts";
import { standInMirror } from "../../review/program/standInMirror.ts";
import { exposables } from "../../settings/access.ts";
import { contentVariants, variants } from "../../review/program/variants.ts";
import { parseSettings, type Settings } from "../../settings/read.ts";
import { settingsSchema } from "../../settings/schema.ts";
import { chanceSettings } from "../support/chanceSettings.ts";
import { flattenSettings } from "../support/settings.ts";
import { seededRandom } from "../support/seededRandom.ts";

/** Each goes on from another variant, since some settings are only taken together. */
const elasticsearch = {
  ...{ storage: "elasticsearch", elasticsearchUrl: "https://elasticsearch.example.org" },
  elasticsearchIndexPrefix: "prod",
};
/** Everything on, as a site has it. */
const everything = stackConfig("prod", ".", productionExample);
const { access = "" } = variants["hosts behind an Ingress controller that asks for a login"] ?? {};
const fromAnywhere = { controllerNamespace: "*", issuer: "Secret/ca" };
const behindIngress = { access: JSON.stringify({ ...(JSON.parse(access) as object), ...fromAnywhere }) };
const networkPolicies = JSON.stringify({ enabled: true });
const starts: readonly Readonly<Record<string, string>>[] = [
  ...Object.values({ ...variants, ...contentVariants }),
  { jaegerEngine: "operator", jaeger: JSON.stringify({ ...elasticsearch, elasticsearchRetentionDays: 5 }) },
  ...Array.from({ length: 4 }, () => everything),
  ...Array.from({ length: 4 }, () => ({ ...everything, ...variants["receivers of alerts"] })),
  ...Array.from({ length: 4 }, () => ({ ...behindIngress, networkPolicies })),
  ...Array.from({ length: 2 }, () => ({ ...variants["shards of Prometheus"], networkPolicies })),
];
const drawn = Array.from({ length: 3 * starts.length }, (_, index) =>
  chanceSettings(seededRandom(index + 1), starts[index % starts.length] ?? {}),
);
const settings = drawn.map((config) => parseSettings(config));

/** What has to be among the draws: settings that work only with others, and pairs that reach the same objects. */
const reached: Readonly<Record<string, (drawn: Settings) => boolean>> = {
  ...Object.fromEntries(
    exposables.map((part) => [`a host of ${part}`, ({ access }: Settings) => access.hosts[part] !== undefined]),
  ),
  "a gateway": ({ access }) => access.gateway !== "" && hasHost(access),
  "an Ingress": ({ access }) => access.ingressClass !== "" && hasHost(access),
  ...Object.fromEntries(
    ["self-signed", "Secret/", "Issuer/", "ClusterIssuer/"].map((issuer) => [
      `certificates of ${issuer}`,
      ({ access }: Settings) => access.issuer.startsWith(issuer) && hasHost(access),
    ]),
  ),
  "requests from a namespace": ({ access, networkPolicies }) =>
    networkPolicies.enabled && /^\w/.test(access.controllerNamespace) && hasHost(access),
  "requests from anywhere": ({ access, networkPolicies }) =>
    networkPolicies.enabled && access.controllerNamespace === "*" && hasHost(access),
  "a login at the gateway": ({ access }) => access.authentication === "gateway" && hasHost(access),
  "oauth2-proxy and network policies": ({ access, networkPolicies }) => isProxied(access) && networkPolicies.enabled,
  "oauth2-proxy and a registry": ({ access, images }) => isProxied(access) && images.registry !== "",
  "groups, and domains of e-mail addresses": ({ access, oidc }) =>
    isProxied(access) && oidc.groups.length > 0 && oidc.emailDomains.length > 0,
  "logins in Grafana, with roles": ({ oidc, parts }) =>
    parts.grafana && oidc.authorizationUrl !== "" && oidc.grafanaAdmins.length + oidc.grafanaEditors.length > 0,
  ...Object.fromEntries(
    (["cpu", "memory", "pods"] as const).map((bound) => [
      `a bound of ${bound} beside a sample API`,
      ({ apiNamespaces, parts }: Settings) => Boolean(apiNamespaces[bound]) && parts.sampleApi,
    ]),
  ),
  "tail sampling and network policies": ({ collector, networkPolicies }) =>
    collector.tailSampling.enabled && networkPolicies.enabled,
  "tail sampling and a registry": ({ collector, images }) => collector.tailSampling.enabled && images.registry !== "",
  "tail sampling and autoscaling": ({ collector }) => collector.tailSampling.enabled && collector.maxReplicas > 0,
  "tail sampling with one pod": ({ collector: { tailSampling } }) =>
    tailSampling.enabled && tailSampling.replicas === 1,
  "Kubernetes' events": ({ logs }) => logs.kubernetesEvents,
  "Kubernetes' events and network policies": ({ logs, networkPolicies }) =>
    logs.kubernetesEvents && networkPolicies.enabled,
  "remote write with a password": ({ prometheus }) => prometheus.remoteWrite.some((to) => to.basicAuthSecret !== ""),
  "remote write with a token": ({ prometheus }) => prometheus.remoteWrite.some((to) => to.tokenSecret !== ""),
  "remote write without a login": ({ prometheus }) =>
    prometheus.remoteWrite.some((to) => to.tokenSecret + to.basicAuthSecret === ""),
  "remote write and network policies": ({ prometheus, networkPolicies }) =>
    prometheus.remoteWrite.length > 0 && networkPolicies.enabled,
  "shards of Prometheus, with network policies": ({ prometheus, networkPolicies }) =>
    prometheus.shards > 1 && networkPolicies.enabled,
  "a database of Grafana elsewhere": ({ grafana, parts }) => parts.grafana && grafana.database.type !== "file",
  "pull secrets and a registry": ({ images }) => images.registry !== "" && images.pullSecrets.length > 0,
  "receivers and network policies": ({ alertmanager, networkPolicies }) =>
    Object.keys(alertmanager.receivers).length > 0 && networkPolicies.enabled,
  production: ({ cluster }) => cluster.environment === "production",
};

const hasHost = ({ hosts }: Settings["access"]) => Object.keys(hosts).length > 0;
const isProxied = (access: Settings["access"]) => access.authentication === "oauth2-proxy" && hasHost(access);

/** Runs as if images.lock.json had a digest of every image. */
async function withDigests<Result>(run: () => Promise<Result>): Promise<Result> {
  const table = imageDigests as Record<string, string>;
  const found = { ...table };
  try {
    for (const image of everyImage()) table[image] = "0".repeat(64);
    return await run();
  } finally {
    for (const image of everyImage()) Reflect.deleteProperty(table, image);
    Object.assign(table, found);
  }
}

describe("any settings that are taken", function () {
  this.timeout(120_000);

  for (const [index, config] of drawn.entries()) {
    it(`register, and no policy has anything to say: draw ${index + 1}`, async () => {
      const shown = JSON.stringify(config);
      const artifactsMirror = await standInMirror();
      const run = () => runProgram({ config: { ...config, artifactsMirror } });
      // Every other one pulls by digests.
      const { registered } = await (index % 2 === 0 ? run() : withDigests(run)).catch((error: unknown) =>
        assert.fail(`${String(error)} with ${shown}`),
      );
      assert.ok(registered.length > 50);
      const found = registered.flatMap(({ type, label, inputs }) =>
        policies.flatMap(({ name, validateResource }) => {
          const said: string[] = [];
          const args = { type, props: inputs } as unknown as ResourceValidationArgs;
          void (validateResource as ResourceValidation)(args, (line: string) =>
            said.push(`${label}: ${name}: ${line}`),
          );
          return said;
        }),
      );
      assert.deepEqual(found, [], shown);
    });
  }

  for (const [what, is] of Object.entries(reached)) {
    it(`are of many kinds: ${what}`, () => {
      assert.ok(settings.some(is));
    });
  }

  it("are of many kinds: nearly every setting has had another value than its default", () => {
    const defaults = new Map(flattenSettings(parseSettings({})));
    const same = flattenSettings(settingsSchema.parse({}))
      .map(([key]) => key)
      .filter((key) =>
        settings.every((each) => {
          const value = new Map(flattenSettings(each)).get(key);
          return JSON.stringify(value) === JSON.stringify(defaults.get(key));
        }),
      );
    assert.deepEqual(same, ["artifactsMirror"]);
  });
});
