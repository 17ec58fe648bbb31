import assert from "node:assert/strict";
import { dashboards } from "../../../dashboards/index.ts";
import { parseSettings } from "../../../settings/read.ts";
import {
  logsOfService,
  podsOfService,
  toApiDashboard,
  toLogsOfPod,
  toLogsOfService,
  tracesOfService,
} from "../../../dashboards/kit/links.ts";
import { apiDashboardUrl, dashboardUids } from "../../../catalog/dashboards.ts";
import { modelOf } from "../../support/panels.ts";

/** A link with Grafana's variables filled in. */
function filledIn(url: string | undefined, values: Readonly<Record<string, string>>): URL {
  const filled = (url ?? "").replaceAll(/\$\{([\w.]+)\}/g, (_, name: string) => values[name] ?? "");
  return new URL(filled, "http://grafana");
}

describe("links", () => {
  it("search Jaeger for traces of the chosen service, in the chosen time", () => {
    const url = filledIn(tracesOfService.build().url, { service: "python-api", __from: "1000", __to: "2000" });
    assert.equal(url.pathname, "/explore");
    assert.deepEqual(JSON.parse(url.searchParams.get("panes") ?? ""), {
      traces: {
        datasource: "jaeger",
        queries: [
          {
            refId: "A",
            datasource: { type: "jaeger", uid: "jaeger" },
            queryType: "search",
            service: "python-api",
          },
        ],
        range: { from: "1000", to: "2000" },
      },
    });
  });

  it("lead from a row of a table to the service's dashboard", () => {
    const url = filledIn(toApiDashboard.url, { "__data.fields.Service": "cart", "__data.fields.Namespace": "shop" });
    assert.equal(url.pathname, `/d/${dashboardUids.api}`);
    assert.deepEqual([url.searchParams.get("var-service"), url.searchParams.get("var-namespace")], ["cart", "shop"]);
  });

  it("lead to the dashboard of one service", () => {
    const url = new URL(apiDashboardUrl("https://grafana.example.org/g", "cart", "shop"));
    assert.equal(url.href.split("?")[0], `https://grafana.example.org/g/d/${dashboardUids.api}`);
    assert.equal(apiDashboardUrl("https://grafana.example.org/g/", "cart", "shop"), url.href);
    assert.deepEqual([url.searchParams.get("var-service"), url.searchParams.get("var-namespace")], ["cart", "shop"]);
  });

  it("lead from a service to its pods, with the choices of both", () => {
    const { url = "", keepTime } = podsOfService.build();
    // Grafana's own form of a choice in an address: `var-namespace=shop`, once for each.
    assert.equal(url, `/d/${dashboardUids.workloads}?\${namespace:queryparam}&\${workload:queryparam}`);
    assert.ok(keepTime);
    const variables = (uid: string) => {
      const made = dashboards(parseSettings({})).find((each) => each.uid === uid);
      return modelOf(made ?? assert.fail(uid)).templating.list?.map(({ name }) => name) ?? [];
    };
    for (const uid of [dashboardUids.api, dashboardUids.workloads]) {
      for (const name of ["namespace", "workload"]) assert.ok(variables(uid).includes(name), `${uid}: ${name}`);
    }
  });

  it("lead from a service, and from a row of a table, to the log lines", () => {
    const { url = "", keepTime } = logsOfService.build();
    assert.equal(url, `/d/${dashboardUids.logs}?\${service:queryparam}&\${namespace:queryparam}`);
    assert.ok(keepTime);
    const made = dashboards(parseSettings({})).find(({ uid }) => uid === dashboardUids.logs);
    const choices = modelOf(made ?? assert.fail("no dashboard")).templating.list?.map(({ name }) => name) ?? [];
    const row = { "__data.fields.Service": "cart", "__data.fields.Namespace": "shop", "__data.fields.Pod": "cart-1" };
    for (const [link, choice, value] of [
      [toLogsOfService, "service", "cart"],
      [toLogsOfPod, "pod", "cart-1"],
    ] as const) {
      const { pathname, searchParams } = filledIn(link.url, row);
      assert.equal(pathname, `/d/${dashboardUids.logs}`);
      assert.deepEqual([searchParams.get(`var-${choice}`), searchParams.get("var-namespace")], [value, "shop"]);
      assert.ok(choices.includes(choice));
    }
  });

  it("lead to log lines only where the stack keeps them", () => {
    const text = (config: Readonly<Record<string, string>>) =>
      JSON.stringify(dashboards(parseSettings(config)).map(({ dashboard }) => dashboard));
    assert.match(text({}), /fluffy-logs/);
    assert.doesNotMatch(text({ parts: JSON.stringify({ logs: false }) }), /fluffy-logs/);
  });

  it("know every dashboard", () => {
    const uids = dashboards(parseSettings({})).map(({ uid }) => uid);
    assert.deepEqual(uids, Object.values(dashboardUids));
  });
});
