import assert from "node:assert/strict";
import { alertReceivers } from "../../outputs/alertReceivers.ts";
import { parseSettings } from "../../settings/read.ts";

const receivers = (alertmanager: object) =>
  alertReceivers(parseSettings({ alertmanager: JSON.stringify(alertmanager) }).alertmanager);

describe("alertReceivers", () => {
  it("says that alerts are sent nowhere", () => {
    assert.deepEqual(Object.keys(receivers({})), ["none"]);
    assert.match(receivers({}).none ?? "", /^alerts are sent nowhere: .*set alertmanager\.receivers$/);
  });

  it("says who is told of what, and nothing secret", () => {
    const secret = { name: "the-secret", key: "url" };
    const lines = receivers({
      receivers: { pager: { type: "pagerduty", secret }, team: { type: "slack", channel: "#a", secret } },
      routes: [
        { receiver: "pager", severities: ["critical"] },
        { receiver: "team", namespaces: ["shop", "stock"] },
        { receiver: "team", severities: ["warning"] },
      ],
      deadMansSwitch: "pager",
    });
    assert.deepEqual(lines, {
      pager: "pagerduty: critical in all namespaces; dead man's switch",
      team: "slack: critical and warning in shop, stock; warning in all namespaces",
    });
  });
});
