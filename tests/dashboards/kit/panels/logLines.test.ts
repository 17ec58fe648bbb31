import assert from "node:assert/strict";
import { logLines } from "../../../../dashboards/kit/panels/logLines.ts";

describe("logLines", () => {
  it("asks VictoriaLogs for the newest lines, as its plug-in names a query", () => {
    const panel = logLines({ title: "Some", description: "Some lines.", expr: "*" }).build();
    const { type, targets } = JSON.parse(JSON.stringify(panel)) as { type: string; targets: unknown };
    assert.equal(type, "logs");
    const datasource = { type: "victoriametrics-logs-datasource", uid: "victoria-logs" };
    assert.deepEqual(targets, [
      { refId: "A", queryType: "instant", expr: "*", maxLines: 200, direction: "desc", datasource },
    ]);
  });
});
