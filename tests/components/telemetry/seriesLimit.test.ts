import assert from "node:assert/strict";
import { combinationsPerMetric, seriesLimit } from "../../../components/telemetry/seriesLimit.ts";

const [ofMetric, ofPoint] = seriesLimit.metric_statements.map(({ statements }) => statements);

describe("seriesLimit", () => {
  it("keeps what the rules read, and nothing that an application chooses", () => {
    const aggregation = ofMetric?.[1] ?? "";
    for (const attribute of ["http.request.method", "http.response.status_code"])
      assert.ok(aggregation.includes(attribute));
    for (const attribute of ["http.route", "user.id", "url.path"]) assert.ok(!aggregation.includes(attribute));
  });

  it("touches only metrics above the limit, and marks them", () => {
    assert.ok(ofMetric?.[0]?.includes(`where Len(metric.data_points) > ${combinationsPerMetric} and `));
    for (const statement of [...(ofMetric?.slice(1) ?? []), ...(ofPoint ?? [])]) assert.match(statement, / where /);
    assert.ok(ofPoint?.[0]?.includes("otel.metric.overflow"));
  });
});
