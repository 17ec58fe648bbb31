import assert from "node:assert/strict";
import { named, orZero, quantile, rate, ratio, sumRate } from "../../../dashboards/kit/promql.ts";

describe("promql", () => {
  it("makes rates over Grafana's window", () => {
    assert.equal(rate("requests_total"), "rate(requests_total[$__rate_interval])");
    assert.equal(rate("requests_total", 'code="500"'), 'rate(requests_total{code="500"}[$__rate_interval])');
  });

  it("sums rates, for each value of labels when there are some", () => {
    assert.equal(sumRate("requests_total"), "sum(rate(requests_total[$__rate_interval]))");
    assert.equal(
      sumRate("requests_total", 'code="500"', ["job", "pod"]),
      'sum by (job, pod) (rate(requests_total{code="500"}[$__rate_interval]))',
    );
  });

  it("makes a ratio that is 0 where nothing failed", () => {
    assert.equal(ratio("failed", "all"), "((failed or 0 * all) / (all > 0) or 0 * all)");
    assert.equal(orZero("failed"), "failed or vector(0)");
  });

  it("makes quantiles of a histogram's buckets", () => {
    assert.equal(
      quantile(0.95, "duration_seconds", 'job="api"', ["route"]),
      '(histogram_quantile(0.95, sum by (le, route) (rate(duration_seconds_bucket{job="api"}[$__rate_interval]))) >= 0)',
    );
  });

  it("names series that lack a label", () => {
    assert.equal(named("requests", "route", "(none)"), 'label_replace(requests, "route", "(none)", "route", "")');
  });
});
