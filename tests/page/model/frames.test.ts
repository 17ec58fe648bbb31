import assert from "node:assert/strict";
import { parseSettings } from "../../../settings/read.ts";
import { dashboardUids } from "../../../catalog/dashboards.ts";
import { dashboards } from "../../../dashboards/index.ts";
import { alertRows } from "../../../page/model/alerts.ts";
import { bands, exemplarsOf, legend, linesOf, stacked, summaries } from "../../../page/model/frames.ts";
import { healthOf } from "../../../page/model/health.ts";
import { stepColor } from "../../../page/model/panel.ts";
import { tableOf } from "../../../page/model/table.ts";
import { pageDashboard } from "../../../page/dashboards.ts";

const grid = { from: 0, to: 30, step: 15, end: 30 };

describe("linesOf", () => {
  it("puts values on the grid, and leaves gaps where there is none or no number", () => {
    const series = [
      {
        metric: { route: "/a" },
        values: [
          [0, "1"],
          [30, "NaN"],
        ] as [number, string][],
      },
    ];
    assert.deepEqual(linesOf({ legendFormat: "{{route}} p95" }, series, grid), [
      { name: "/a p95", values: [1, null, null] },
    ]);
  });

  it("leaves out what is beside the grid, and knows names with points", () => {
    const series = [
      {
        metric: { "service.name": "a" },
        values: [
          [-15, "5"],
          [45, "6"],
          [15, "2"],
        ] as [number, string][],
      },
    ];
    assert.deepEqual(linesOf({ legendFormat: "{{service.name}}" }, series, grid), [
      { name: "a", values: [null, 2, null] },
    ]);
  });

  it("names a series by its labels where the panel has no legend", () => {
    assert.equal(legend("", { __name__: "up", job: "a", pod: "b" }), "job=a, pod=b");
    assert.equal(legend("", { __name__: "up" }), "up");
  });
});

describe("stacked", () => {
  it("adds up, and a gap counts as nothing where another line goes on", () => {
    const lines = [
      { name: "a", values: [1, null, null] },
      { name: "b", values: [2, 3, null] },
    ];
    assert.deepEqual(
      stacked(lines).map(({ values }) => values),
      [
        [1, null, null],
        [3, 3, null],
      ],
    );
  });
});

describe("summaries", () => {
  it("say the newest, least and most of each line that has a value", () => {
    const lines = [
      { name: "a", values: [3, 1, null] },
      { name: "b", values: [null] },
    ];
    assert.deepEqual(summaries(lines), [{ name: "a", newest: 1, least: 1, most: 3 }]);
  });
});

describe("exemplarsOf", () => {
  it("keeps those that lead to a trace, the slowest first, and not too many", () => {
    const exemplar = (value: string, labels = { trace_id: `t${value}` }) => ({ labels, value, timestamp: 1 });
    const answer = [{ exemplars: [exemplar("1"), exemplar("3"), exemplar("2"), { ...exemplar("9"), labels: {} }] }];
    assert.deepEqual(
      exemplarsOf(answer).map(({ trace }) => trace),
      ["t3", "t2", "t1"],
    );
    assert.deepEqual(
      exemplarsOf(answer, 2).map(({ trace }) => trace),
      ["t3", "t1"],
    );
  });
});

describe("bands", () => {
  it("are what is in each bucket alone, from the lowest", () => {
    const lines = [
      { name: "+Inf", values: [5] },
      { name: "0.1", values: [2] },
      { name: "1.0", values: [4] },
    ];
    assert.deepEqual(
      bands(lines).map(({ bound, values }) => [bound, values[0]]),
      [
        [0.1, 2],
        [1, 2],
        [Infinity, 1],
      ],
    );
  });
});

describe("tableOf", () => {
  it("makes a row of each set of labels, with the panel's headers, units, colours and links", () => {
    const services = dashboards(parseSettings({})).find(({ uid }) => uid === dashboardUids.services);
    const panel = pageDashboard(JSON.stringify(services?.dashboard)).panels.find(({ title }) => title === "Services");
    assert.ok(panel);
    const metric = { service_name: "python-api", k8s_namespace_name: "n" };
    const data = tableOf(panel, [[{ metric, value: [0, "5"] }], [{ metric, value: [0, "0.06"] }], []], "6h");
    assert.deepEqual(data.headers, ["Service", "Namespace", "Sampled requests", "Failed", "Duration, p95"]);
    assert.deepEqual(data.rows, [
      [
        { text: "python-api", href: `#/dashboard/${dashboardUids.api}?span=6h&service=python-api&namespace=n` },
        { text: "n" },
        { text: "5 req/s" },
        { text: "6 %", color: "red" },
        { text: "–" },
      ],
    ]);
  });
});

describe("stepColor", () => {
  it("is that of the highest step that is reached", () => {
    const steps = [
      { value: null, color: "green" },
      { value: 1, color: "red" },
    ];
    assert.deepEqual(
      [0.5, 1].map((value) => stepColor(steps, value)),
      ["green", "red"],
    );
    assert.equal(stepColor([], 1), undefined);
  });
});

describe("alertRows", () => {
  it("puts rules that fail first, then those that fire", () => {
    const alert = {
      labels: { alertname: "b", severity: "page", pod: "p" },
      annotations: { summary: "s" },
      state: "firing",
      activeAt: "t",
    };
    const rows = alertRows([
      {
        rules: [
          { name: "a", state: "inactive", health: "ok", annotations: { summary: "{{ $labels.pod }} is down" } },
          { name: "b", state: "firing", health: "ok", alerts: [alert] },
          { name: "c", state: "unknown", health: "err", lastError: "wrong" },
        ],
      },
    ]);
    assert.deepEqual(
      rows.map(({ name, state, summary, of }) => [name, state, summary, of]),
      [
        ["c", "error", "wrong", ""],
        ["b", "firing", "s", "pod=p"],
        ["a", "inactive", "… is down", ""],
      ],
    );
  });

  it("lead to a runbook's address, and name one that is a path", () => {
    const rule = (name: string, annotations: Record<string, string>) => ({
      name,
      state: "inactive",
      health: "ok",
      annotations,
    });
    const rules = [
      rule("a", { runbook_url: "https://example.org/a" }),
      rule("b", { runbook_url: "docs/runbook.md#b" }),
      rule("c", {}),
      rule("d", { runbook_url: "javascript:x" }),
    ];
    assert.deepEqual(
      alertRows([{ rules }]).map(({ href, runbook }) => [href, runbook]),
      [
        ["https://example.org/a", ""],
        ["", "docs/runbook.md#b"],
        ["", ""],
        ["", "javascript:x"],
      ],
    );
  });
});

describe("healthOf", () => {
  const metadata = { name: "x", namespace: "n" };
  const health = (kind: string, status: unknown, spec: unknown = {}) =>
    healthOf({ kind, metadata, spec, status }).health;

  it("follows the condition that says most, else the replicas", () => {
    const conditions = [
      { type: "Progressing", status: "False" },
      { type: "Available", status: "True" },
    ];
    assert.equal(health("Deployment", { conditions }), "healthy");
    assert.equal(health("Prometheus", { conditions: [{ type: "Reconciled", status: "False" }] }), "unhealthy");
    assert.equal(health("StatefulSet", { readyReplicas: 1 }, { replicas: 2 }), "unhealthy");
    assert.equal(health("DaemonSet", { desiredNumberScheduled: 2, numberReady: 2 }), "healthy");
    const bindings = [{ conditions: [{ type: "Accepted", status: "True" }] }];
    assert.equal(health("PrometheusRule", { bindings }), "healthy");
    assert.equal(health("PrometheusRule", undefined), "unknown");
  });
});
