import assert from "node:assert/strict";
import { dump } from "js-yaml";
import { figureQueries } from "../../page/figures.ts";
import { promtool } from "../../review/rules/promtool.ts";
import { runPromtool } from "../support/promtool.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const count = (labels: string) => `http_server_request_duration_seconds_count{service_name="shop",${labels}}`;

describe("figureQueries", function () {
  const folder = temporaryFolder();

  it("counts as failed a 5xx and what was broken off without a status, and no 4xx", async function () {
    // A cold build of promtool takes minutes.
    this.timeout("15m");
    const { requests, failed } = figureQueries("shop");
    const test = {
      interval: "1m",
      input_series: [
        { series: count('http_response_status_code="200"'), values: "100+60x10" },
        { series: count('http_response_status_code="404"'), values: "0+6x10" },
        { series: count('http_response_status_code="503",error_type="503"'), values: "0+3x10" },
        // New within the window: all of it counts.
        { series: count('error_type="ValueError"'), values: "_x7 2+1x3" },
      ],
      promql_expr_test: [
        { expr: requests, eval_time: "10m", exp_samples: [{ value: 300 + 30 + 15 + 5 }] },
        { expr: failed, eval_time: "10m", exp_samples: [{ value: 15 + 5 }] },
      ],
    };
    const files = { "figures.yaml": dump({ tests: [test] }, { lineWidth: -1 }) };
    const { ok, output } = await runPromtool(await promtool(), folder(), files, ["test", "rules", "figures.yaml"]);
    assert.ok(ok, output);
  });
});
