import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import type { KubeObject } from "../../sandbox/cluster/api/client.ts";
import { eventually } from "../support/eventually.ts";
import { mirror } from "../../review/program/mirror.ts";
import * as team from "../support/teamExamples.ts";
import { installTenancy, startOperator, stopOperator, teams } from "../support/tenancyCluster.ts";
import { type TestObject, testCluster } from "../support/testCluster.ts";

/** What the real Prometheus operator makes of honest objects, and of others that are older than the policies. */
describe("teams beside each other, with the real Prometheus operator", function () {
  this.timeout(120_000);
  if (mirror === undefined) {
    it.skip("needs the operators' real manifests");
    return;
  }
  const folder = mirror;
  const test = testCluster(17740);

  before("install what decides between teams, and start the operator", async () => {
    await installTenancy(test(), folder, team.older);
    for (const object of team.honest) await test().apply(object);
    await test().apply(control);
    await startOperator(test());
  });
  after("end the operator", () => stopOperator(test()));

  const prometheus = () => generated("prometheus-prometheus", "prometheus.yaml.gz");

  it("makes Prometheus scrape honest monitors, within their limits", async () => {
    await eventually(async () => {
      const config = await prometheus();
      assert.match(config, /job_name: serviceMonitor\/shop\/orders\/0/);
      assert.match(config, /job_name: podMonitor\/shop\/orders\/0/);
      assert.match(config, /sample_limit: 10000/);
      assert.match(config, /body_size_limit: 10MB/);
    }, 60_000);
  });

  it("gives our own secured monitors a token and the cluster's CA from a Secret", async () => {
    await eventually(async () => {
      const config = await prometheus();
      const kubelet = /job_name: serviceMonitor\/observability\/kubelet\/0[^]*?- job_name/.exec(config)?.[0] ?? "";
      assert.match(kubelet, /authorization:\n {4}type: Bearer\n {4}credentials: \S{100}/);
      assert.match(kubelet, /ca_file: \S*prometheus-token_ca\.crt/);
      assert.doesNotMatch(kubelet, /insecure_skip_verify: true/);
    }, 60_000);
  });

  it("takes what our monitors of the cluster keep, drop and say of a series", async () => {
    await eventually(async () => {
      const config = await prometheus();
      const job = (name: string) => {
        const from = config.indexOf(`job_name: serviceMonitor/observability/${name}`);
        assert.ok(from > 0, `no job of ${name}`);
        const text = config.slice(from);
        return text.slice(0, text.indexOf("\n- job_name") + 1 || undefined);
      };
      for (const [endpoint, path] of [
        ["kubelet/1", "/metrics/resource"],
        ["kubelet/2", "/metrics/cadvisor"],
      ] as const) {
        assert.match(job(endpoint), new RegExp(`metrics_path: ${path}`));
        assert.match(job(endpoint), /honor_labels: true/);
        assert.match(job(endpoint), /target_label: metrics_path/);
      }
      // Without its expression this would drop every series.
      assert.match(job("kubelet/2"), /- source_labels:\n {4}- container\n {4}regex: \^\$\n {4}action: drop/);
      assert.match(job("kube-state-metrics/0"), /target_label: instance\n {4}replacement: kube-state-metrics/);
    }, 60_000);
  });

  it("takes no monitor that names a file, and nothing that asks any address", async () => {
    const reaching = [
      /_file: \/etc\/hostname/,
      /serviceMonitor\/shop\/files/,
      /(probe|scrapeConfig)\/shop/,
      /example\.org/,
    ];
    // Another Prometheus beside ours, without our settings, gets all of it.
    await eventually(async () => {
      const config = await generated(`prometheus-${control.metadata.name}`, "prometheus.yaml.gz");
      for (const found of reaching) assert.match(config, found);
    }, 60_000);
    const config = await prometheus();
    for (const found of reaching) assert.doesNotMatch(config, found);
  });

  it("says on the monitor itself why it is not taken", async () => {
    await eventually(async () => {
      const { bindings = [] } = ((await test().get(team.fileMonitor))?.status ?? {}) as {
        bindings?: { name: string; conditions: { status: string; message?: string }[] }[];
      };
      const conditions = bindings.find(({ name }) => name === "prometheus")?.conditions ?? [];
      assert.equal(conditions[0]?.status, "False");
      assert.match(conditions[0].message ?? "", /file system|filesystem/);
    }, 60_000);
  });

  it("runs no Prometheus and no Alertmanager of a team", async () => {
    await eventually(async () => {
      const names = (await test().client.list("apps/v1", "StatefulSet")).map(({ metadata }) => metadata);
      assert.deepEqual(names.map(({ namespace, name }) => `${namespace ?? ""}/${name}`).sort(), [
        "observability/alertmanager-alertmanager",
        `observability/prometheus-${control.metadata.name}`,
        "observability/prometheus-prometheus",
      ]);
    }, 60_000);
    const secrets = await test().client.list("v1", "Secret", teams.shop);
    assert.deepEqual(secrets, []);
  });

  it("starts Prometheus without the port that would reload or end it, and reloads it by a signal", async () => {
    const [pod] = await test().client.list(
      "apps/v1",
      "StatefulSet",
      "observability",
      "operator.prometheus.io/name=prometheus",
    );
    assert.match(JSON.stringify(pod), /--config\.file=/);
    assert.doesNotMatch(JSON.stringify(pod), /web\.enable-lifecycle/);
    assert.match(JSON.stringify(pod), /"shareProcessNamespace":true/);
    assert.match(JSON.stringify(pod), /--reload-method=signal/);
  });

  it("hands rules over with the namespace that is written on them", async () => {
    await eventually(async () => {
      const maps = await test().client.list("v1", "ConfigMap", "observability");
      const files = Object.entries(Object.assign({}, ...maps.map(({ data }) => data ?? {})) as Record<string, string>);
      const [, text = ""] = files.find(([file]) => file.startsWith("shop-orders-")) ?? [];
      assert.match(text, /alert: OrdersFail[^]*namespace: shop/);
    }, 60_000);
  });

  it("keeps a team's routes and inhibitions to its namespace", async () => {
    await eventually(async () => {
      const config = await generated("alertmanager-alertmanager-generated", "alertmanager.yaml.gz");
      assert.match(config, /receiver: shop\/orders\/team\n {4}matchers:\n {4}- namespace="shop"/);
      const own = /- target_matchers:\n(?: {2}- .*\n)* {2}source_matchers:\n(?: {2}- .*\n)*/g;
      const inhibition = config.match(own)?.find((text) => text.includes("OrdersFail")) ?? config;
      assert.equal(inhibition.match(/namespace="shop"/g)?.length, 2, inhibition);
    }, 60_000);
  });

  it("still takes an AlertmanagerConfig from before the policies that names a file: only the policy refuses it", async () => {
    await eventually(async () => {
      const config = await generated("alertmanager-alertmanager-generated", "alertmanager.yaml.gz");
      assert.match(config, /bot_token_file: \/etc\/hostname/);
    }, 60_000);
  });

  async function generated(secret: string, key: string): Promise<string> {
    const ref = { apiVersion: "v1", kind: "Secret", name: secret, namespace: "observability" };
    const found: KubeObject | undefined = await test().client.get(ref);
    const { [key]: data } = (found?.["data"] ?? {}) as Record<string, string>;
    return data === undefined ? "" : gunzipSync(Buffer.from(data, "base64")).toString();
  }
});

/** A Prometheus of the platform's namespace that takes what any namespace brings. */
const control: TestObject = {
  apiVersion: "monitoring.coreos.com/v1",
  kind: "Prometheus",
  metadata: { name: "control", namespace: "observability" },
  spec: Object.fromEntries(
    ["serviceMonitor", "probe", "scrapeConfig"].flatMap((kind) => [
      [`${kind}Selector`, {}],
      [`${kind}NamespaceSelector`, {}],
    ]),
  ),
};
