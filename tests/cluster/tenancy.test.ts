import assert from "node:assert/strict";
import type { KubeClient } from "../../sandbox/cluster/api/client.ts";
import { eventually } from "../support/eventually.ts";
import { mirror } from "../../review/program/mirror.ts";
import { generatedPassword } from "../../review/program/program.ts";
import * as refusals from "../support/teamRefusals.ts";
import * as team from "../support/teamExamples.ts";
import { installTenancy, platformClients, registeredObject, teamClients, teams } from "../support/tenancyCluster.ts";
import { runTeamApi } from "../../review/program/teamObjects.ts";
import { type TestObject, testCluster } from "../support/testCluster.ts";

/** The policies as a real API server applies them, asked in the name of a team. */
describe("teams beside each other", function () {
  this.timeout(120_000);
  if (mirror === undefined) {
    it.skip("needs the operators' real manifests");
    return;
  }
  const folder = mirror;
  const test = testCluster(17700);

  before("install what decides between teams", async () => {
    await installTenancy(test(), folder, team.older);
    // The API server takes a policy into use a moment after it has accepted it.
    await eventually(async () => {
      await refused(team.dashboard({ plugins: [{ name: "clock", version: "1.0.0" }] }), /plugins/);
      await refused(team.changed(team.serviceMonitor, { sampleLimit: 0 }), /sampleLimit/);
      await refused(team.prometheusRule(team.alert({ labels: {} })), /namespace/);
    }, 60_000);
  });

  /** Asks as the team whether it may make the object. */
  const asTeam = (object: TestObject) => apply(teamClients(teams.shop, test()).trying, object);
  const asPlatform = (object: TestObject) => apply(platformClients(test()).trying, object);

  /** The team may make it, and does. */
  const accepted = (object: TestObject) => apply(teamClients(teams.shop, test()).doing, object);

  /** What the policy says: as the team, or as who may make every object where the role has no right to it. */
  async function refused(object: TestObject, message: RegExp, apply = asTeam): Promise<void> {
    await assert.rejects(apply(team.named("refused", object)), (error: Error) => {
      assert.match(error.message, message);
      assert.match(error.message, /ValidatingAdmissionPolicy/);
      return true;
    });
  }

  describe("the role", () => {
    it("gives nothing in another team's namespace", async () => {
      const elsewhere = { ...team.serviceMonitor, metadata: { name: "orders", namespace: teams.other } };
      await assert.rejects(asTeam(elsewhere), /User "shop" cannot patch resource "servicemonitors"/);
    });

    it("gives no Secret, no Prometheus, no data source", async () => {
      const secret = { apiVersion: "v1", kind: "Secret", metadata: { name: "x", namespace: teams.shop } };
      const datasource = team.grafanaObject("GrafanaDatasource", { datasource: { name: "x", type: "prometheus" } });
      for (const object of [secret, datasource, ...team.foreign]) {
        await assert.rejects(asTeam(object), /User "shop" cannot patch resource/, object.kind);
      }
    });
  });

  it("may read what the platform gives, and nothing else beside it", async () => {
    const shop = teamClients(teams.shop, test()).doing;
    const ref = { apiVersion: "v1", kind: "ConfigMap", namespace: "observability", name: "fluffy-observability" };
    const data = (await shop.get(ref))?.["data"] as Record<string, string>;
    assert.equal(data["instrumentation"], '"observability/python"');
    assert.ok(!JSON.stringify(data).includes(generatedPassword));
    await assert.rejects(shop.get({ ...ref, name: "kube-root-ca.crt" }), /cannot get resource "configmaps"/);
    await assert.rejects(shop.list("v1", "Secret", "observability"), /cannot list resource "secrets"/);
  });

  describe("honest objects are accepted", () => {
    it("a ServiceMonitor and a PodMonitor with limits", async () => {
      await accepted(team.serviceMonitor);
      await accepted(team.podMonitor);
      const more = [
        { relabelings: [{ sourceLabels: ["__meta_kubernetes_pod_node_name"], targetLabel: "node" }] },
        { metricRelabelings: [{ action: "labeldrop", regex: "pod_uid|instance_id" }] },
        { metricRelabelings: [{ action: "drop", sourceLabels: ["__name__"], regex: "go_.*" }] },
        { scheme: "https", tlsConfig: { ca: { secret: { name: "ca", key: "ca.crt" } } }, interval: "15s" },
        { bearerTokenSecret: { name: "token", key: "token" } },
      ];
      for (const endpoint of more) await asTeam(team.monitorWith(endpoint));
    });

    it("rules with the namespace on each alert, and objectives of a service", async () => {
      const labels = { k8s_namespace_name: teams.shop, service_name: "orders" };
      const objective = { record: "service:slo_own:info", expr: "vector(1)", labels };
      await accepted(team.prometheusRule(team.alert(), objective, { record: "team:orders:rate5m", expr: "vector(1)" }));
    });

    it("an AlertmanagerConfig, and a dashboard", async () => {
      await accepted(team.alertmanagerConfig);
      await accepted(team.dashboard({ folderUID: "fluffy-folder-applications" }));
      for (const change of [{}, { folder: "Orders" }]) await asTeam(team.dashboard(change));
    });

    it("all that team-api brings in its namespace, a Deployment with the annotation included", async () => {
      const { registered } = await runTeamApi();
      const kinds =
        /^(Deployment|Service|ConfigMap|ServiceMonitor|PrometheusRule|GrafanaDashboard) (?!fluffy-observability-outputs-)/;
      const brought = registered.filter(({ label }) => kinds.test(label)).map(registeredObject);
      const injected = brought.filter((object) =>
        JSON.stringify(object).includes("instrumentation.opentelemetry.io/inject-"),
      );
      assert.deepEqual([brought.length, injected.length], [7, 1]);
      for (const object of brought) await apply(teamClients(teams.teamApi, test()).doing, object);
    });

    it("five hundred rules in one object", async () => {
      const rules = Array.from({ length: 500 }, (_, index) => team.alert({ alert: `Orders${index}` }));
      await asTeam(team.prometheusRule(...rules));
    });

    it("everything of a namespace that the platform runs itself", async () => {
      const trusted = (object: TestObject) => ({
        ...object,
        metadata: { ...object.metadata, namespace: "observability" },
      });
      for (const object of [...team.foreign, team.prometheusRule(team.alert({ labels: {} }))]) {
        await asPlatform(trusted(object));
      }
    });
  });

  describe("refused, with the reason", () => {
    for (const object of team.foreign) {
      const [kind, word] = [object.kind, /Probe|ScrapeConfig/.test(object.kind) ? /any address/ : /every team/];
      it(`${kind} of a team`, () => refused(object, word, asPlatform));
    }

    for (const [kind, spec] of Object.entries(refusals.grafana)) {
      it(`${kind} for the platform's Grafana`, () =>
        refused(team.grafanaObject(kind, spec), /only a GrafanaDashboard may set/, asPlatform));
    }

    for (const [what, change, message] of refusals.dashboards) {
      it(`a dashboard ${what}`, () => refused(team.dashboard(change), message));
    }

    for (const [what, rule, message] of refusals.rules) {
      it(what, () => refused(team.prometheusRule(team.alert({ alert: "Honest" }), rule), message));
    }

    for (const [what, fields, message] of refusals.receivers) {
      it(`an AlertmanagerConfig with ${what}`, () => refused(team.receiver(fields), message));
    }

    it("a dashboard of a namespace that is named as a folder of the platform", async () => {
      const object = team.dashboard({ uid: "platform_orders" });
      const elsewhere = { ...object, metadata: { ...object.metadata, namespace: "platform" } };
      await refused(elsewhere, /folder may not be one of the platform/, asPlatform);
    });

    for (const [what, object, message] of refusals.monitors)
      it(`a monitor with ${what}`, () => refused(object, message));
    it("a PodMonitor alike", () =>
      refused(team.changed(team.podMonitor, { sampleLimit: 0 }), /spec\.sampleLimit is to be/));
  });

  it("leave what is older than they are: it can be labelled, finalized and deleted, but not changed", async () => {
    for (const object of team.older) {
      const metadata = { ...object.metadata, labels: { a: "b" }, finalizers: ["example.org/x"] };
      await asPlatform({ ...object, metadata });
    }
    const changed = team.named("older", team.prometheusRule(team.alert({ labels: {}, expr: "vector(2)" })));
    await assert.rejects(asPlatform(changed), /each alert needs the label namespace/);
  });
});

function apply(client: KubeClient, object: TestObject) {
  return client.apply(object, "team");
}
