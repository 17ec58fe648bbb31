import assert from "node:assert/strict";
import { parseSettings } from "../../../settings/read.ts";
import { tenancyPolicies } from "../../../components/tenancy/tenancy.ts";
import { mirror } from "../../../review/program/mirror.ts";
import { type CrdSchema, type MirroredCrd, mirroredCrds } from "../../../review/crds/mirroredCrds.ts";

const policies = Object.values(tenancyPolicies(parseSettings({})));

/** Kinds that reach no further than their namespace: a Grafana of a team's own, and accounts in it. */
const harmless = ["grafanas", "grafanaserviceaccounts"];

/** What somebody has thought about: where a new version of an operator has more, the policies may lack something. */
const reviewed: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "servicemonitors.monitoring.coreos.com": {
    "":
      "attachMetadata bodySizeLimit convertClassicHistogramsToNHCB endpoints fallbackScrapeProtocol jobLabel keepDroppedTargets " +
      "labelLimit labelNameLengthLimit labelValueLengthLimit namespaceSelector nativeHistogramBucketLimit " +
      "nativeHistogramMinBucketFactor podTargetLabels sampleLimit scrapeClass scrapeClassicHistograms scrapeNativeHistograms " +
      "scrapeProtocols selector selectorMechanism serviceDiscoveryRole targetLabels targetLimit",
    endpoints:
      "authorization basicAuth bearerTokenFile bearerTokenSecret enableHttp2 filterRunning followRedirects honorLabels " +
      "honorTimestamps interval metricRelabelings noProxy oauth2 params path port proxyConnectHeader proxyFromEnvironment " +
      "proxyUrl relabelings scheme scrapeTimeout targetPort tlsConfig trackTimestampsStaleness",
    "endpoints.relabelings": "action modulus regex replacement separator sourceLabels targetLabel",
  },
  "podmonitors.monitoring.coreos.com": {
    "":
      "attachMetadata bodySizeLimit convertClassicHistogramsToNHCB fallbackScrapeProtocol jobLabel keepDroppedTargets labelLimit " +
      "labelNameLengthLimit labelValueLengthLimit namespaceSelector nativeHistogramBucketLimit nativeHistogramMinBucketFactor " +
      "podMetricsEndpoints podTargetLabels sampleLimit scrapeClass scrapeClassicHistograms scrapeNativeHistograms " +
      "scrapeProtocols selector selectorMechanism targetLimit",
    podMetricsEndpoints:
      "authorization basicAuth bearerTokenSecret enableHttp2 filterRunning followRedirects honorLabels honorTimestamps interval " +
      "metricRelabelings noProxy oauth2 params path port portNumber proxyConnectHeader proxyFromEnvironment proxyUrl " +
      "relabelings scheme scrapeTimeout targetPort tlsConfig trackTimestampsStaleness",
  },
  "prometheusrules.monitoring.coreos.com": {
    "": "groups",
    groups: "interval labels limit name partial_response_strategy query_offset rules",
    "groups.rules": "alert annotations expr for keep_firing_for labels record",
  },
  "alertmanagerconfigs.monitoring.coreos.com": {
    "": "inhibitRules muteTimeIntervals receivers route",
    receivers:
      "discordConfigs emailConfigs msteamsConfigs msteamsv2Configs name opsgenieConfigs pagerdutyConfigs pushoverConfigs " +
      "rocketchatConfigs slackConfigs snsConfigs telegramConfigs victoropsConfigs webexConfigs webhookConfigs wechatConfigs",
  },
  "grafanadashboards.grafana.integreatly.org": {
    "":
      "allowCrossNamespaceImport configMapRef contentCacheDuration datasources envFrom envs folder folderRef folderUID grafanaCom " +
      "gzipJson instanceSelector json jsonnet jsonnetLib oci plugins resyncPeriod suspend uid url urlAuthorization",
  },
};

describe("the kinds of teams, in the operators' CRDs", () => {
  let crds: MirroredCrd[];

  before(function () {
    if (mirror === undefined) this.skip();
    crds = mirroredCrds(mirror);
  });

  it("have a policy, or reach no further than their namespace", () => {
    const bound = policies.flatMap(({ kinds }) =>
      kinds.flatMap(({ apiGroup, resources }) => resources.map((resource) => `${resource}.${apiGroup}`)),
    );
    const groups = ["monitoring.coreos.com", "grafana.integreatly.org"];
    const names = crds.filter(({ group }) => groups.includes(group)).map(({ name }) => name);
    const own = harmless.map((plural) => `${plural}.grafana.integreatly.org`);
    assert.deepEqual([...bound, ...own].sort(), names.sort());
  });

  it("may name no file of Prometheus or Alertmanager", () => {
    const found = Object.keys(reviewed).flatMap((name) => {
      const policy = JSON.stringify(
        policies.filter(({ kinds }) => kinds.some(({ resources }) => isOf(name, resources))),
      );
      const files = specs(name).flatMap((spec) => fields(spec).filter((field) => field.endsWith("File")));
      for (const field of files) assert.ok(policy.includes(field), `${name}: ${field}`);
      return files;
    });
    assert.deepEqual([...new Set(found)].sort(), [
      "bearerTokenFile",
      "botTokenFile",
      "caFile",
      "certFile",
      "keyFile",
      "tokenFile",
      "userKeyFile",
    ]);
  });

  for (const [name, places] of Object.entries(reviewed)) {
    it(`have no field that nobody has looked at: ${name}`, () => {
      for (const spec of specs(name)) {
        for (const [place, known] of Object.entries(places)) {
          const schema = place === "" ? spec : place.split(".").reduce(itemOf, spec);
          assert.deepEqual(Object.keys(schema.properties ?? {}).sort(), known.split(" "), place);
        }
      }
    });
  }

  /** The spec's schema in each version. */
  function specs(name: string): CrdSchema[] {
    const versions = Object.values(crds.find((crd) => crd.name === name)?.versions ?? {});
    assert.ok(versions.length > 0, name);
    return versions.map(({ schema }) => schema.properties?.["spec"] ?? {});
  }
});

function isOf(crd: string, resources: readonly string[]): boolean {
  return resources.includes(crd.split(".")[0] ?? "");
}

function itemOf(schema: CrdSchema, field: string): CrdSchema {
  return schema.properties?.[field]?.items ?? {};
}

/** The names of all fields, at any depth. */
function fields(schema: CrdSchema | undefined): string[] {
  if (schema === undefined) return [];
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => [name, ...fields(inner)]);
  return [...own, ...fields(schema.items), ...fields(schema.additionalProperties)];
}
