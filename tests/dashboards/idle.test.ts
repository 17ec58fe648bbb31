import assert from "node:assert/strict";
import { dump } from "js-yaml";
import { parseSettings } from "../../settings/read.ts";
import { dashboards } from "../../dashboards/index.ts";
import { filledIn, modelOf } from "../support/panels.ts";
import { runPromtool } from "../support/promtool.ts";
import { promtool } from "../../review/rules/promtool.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

/** Everything that tables and single numbers show, by where it stands. */
const shown = dashboards(parseSettings({})).flatMap((one) => {
  const { title, panels } = modelOf(one);
  return panels
    .filter(({ type }) => type === "table" || type === "stat")
    .flatMap(({ title: panel, targets = [] }) =>
      targets.map(({ refId, expr = "" }) => ({ where: `${title} / ${panel} / ${refId}`, expr: filledIn(expr) })),
    );
});

const column = (where: string) => shown.find((one) => one.where === where)?.expr ?? "";

/** What a service shows of itself; an idle one counts no further. */
function seriesOf(service: string, idle: boolean) {
  const course = (step: number) => (idle ? "7x60" : `0+${step}x60`);
  const labels = `service_name="${service}",k8s_namespace_name="apis"`;
  const http = `${labels},http_route="/"`;
  const span = `${labels},span_kind="SPAN_KIND_SERVER",span_name="GET /"`;
  const called = `${labels},server_address="example.org",server_port="443"`;
  const histogram = (metric: string, of: string, bound: string) => [
    { series: `${metric}_bucket{${of},le="${bound}"}`, values: course(5) },
    { series: `${metric}_bucket{${of},le="+Inf"}`, values: course(5) },
    { series: `${metric}_count{${of}}`, values: course(5) },
    { series: `${metric}_sum{${of}}`, values: course(1) },
  ];
  return [
    ...histogram("http_server_request_duration_seconds", `${http},http_response_status_code="200"`, "0.1"),
    ...histogram("http_client_request_duration_seconds", called, "0.1"),
    ...histogram("traces_span_metrics_duration_milliseconds", span, "100"),
    { series: `traces_span_metrics_calls_total{${span},status_code="STATUS_CODE_UNSET"}`, values: course(5) },
  ];
}

type Sample = { readonly labels?: string; readonly value: number };

describe("tables and single numbers", function () {
  const folder = temporaryFolder();
  let program = "";

  before(async function () {
    // A cold build of promtool takes minutes.
    this.timeout("15m");
    program = await promtool();
  });

  async function check(series: object[], tests: { expr: string; exp_samples: readonly Sample[] }[]): Promise<string> {
    const at = tests.map((one) => ({ ...one, eval_time: "10m" }));
    const file = dump({ tests: [{ interval: "15s", input_series: series, promql_expr_test: at }] }, { lineWidth: -1 });
    const { ok, output } = await runPromtool(program, folder(), { "idle.yaml": file }, ["test", "rules", "idle.yaml"]);
    return ok ? "" : output;
  }

  /** Only what is no number differs from itself. */
  const noNumbers = shown.map(({ expr }) => ({ expr: `(${expr}) != (${expr})`, exp_samples: [] }));

  const cases: Readonly<Record<string, object[]>> = {
    "of a service without requests": seriesOf("python-api", true),
    "of a service without requests among busy ones": [
      ...seriesOf("python-api", true),
      ...seriesOf("busy", false),
      ...seriesOf("other", false),
    ],
    "without any data": [],
  };
  for (const [what, series] of Object.entries(cases)) {
    it(`are numbers or nothing: ${what}`, async () => {
      assert.ok(shown.length > 20);
      assert.equal(await check(series, noNumbers), "");
    });
  }

  it("show 0 as the share of failures of a service without requests", async () => {
    const expr = column("Services / Services / B");
    assert.match(expr, /STATUS_CODE_ERROR/);
    const labels = (service: string) => `{service_name="${service}", k8s_namespace_name="apis"}`;
    const samples = ["busy", "python-api"].map((service) => ({ labels: labels(service), value: 0 }));
    const series = [...seriesOf("python-api", true), ...seriesOf("busy", false)];
    assert.equal(await check(series, [{ expr, exp_samples: samples }]), "");
  });
});
