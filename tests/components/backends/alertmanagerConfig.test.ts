import assert from "node:assert/strict";
import { alertmanagerConfigSpec } from "../../../components/backends/alertmanagerConfig.ts";
import { parseSettings } from "../../../settings/read.ts";
import { platformRules } from "../../../rules/index.ts";

const spec = (alertmanager: object) =>
  alertmanagerConfigSpec(parseSettings({ alertmanager: JSON.stringify(alertmanager) }).alertmanager);

const secret = { name: "the-secret", key: "url" };
const receivers = { pager: { type: "pagerduty", secret }, team: { type: "webhook", secret } };

describe("alertmanagerConfigSpec", () => {
  it("tells nobody by default, the watchdog included", () => {
    const { route, receivers: found } = spec({});
    assert.deepEqual(found, [{ name: "none" }]);
    assert.equal(route.receiver, "none");
    assert.deepEqual(
      route.routes?.map(({ receiver }) => receiver),
      ["none"],
    );
  });

  it("routes by severity and namespace, to every receiver that fits", () => {
    const { route } = spec({
      receivers,
      routes: [
        { receiver: "pager", severities: ["critical"] },
        { receiver: "team", namespaces: ["shop", "stock"] },
      ],
    });
    assert.deepEqual(route.routes?.slice(1), [
      { receiver: "pager", matchers: [{ name: "severity", value: "critical", matchType: "=~" }], continue: true },
      {
        receiver: "team",
        matchers: [
          { name: "severity", value: "critical|warning", matchType: "=~" },
          { name: "namespace", value: "shop|stock", matchType: "=~" },
        ],
        continue: true,
      },
    ]);
  });

  it("tells who is told of the platform of services without a namespace too, and nobody else", () => {
    const routes = [
      { receiver: "pager", namespaces: ["observability"] },
      { receiver: "team", namespaces: ["shop"] },
    ];
    const matched = spec({ receivers, routes })
      .route.routes?.slice(1)
      .map(({ matchers }) => matchers?.[1]?.value);
    assert.deepEqual(matched, ["observability|no_namespace", "shop"]);
  });

  it("sends the watchdog to the dead man's switch again and again, and nowhere else", () => {
    const { route } = spec({ receivers, routes: [{ receiver: "team" }], deadMansSwitch: "pager" });
    const [first] = route.routes ?? [];
    assert.equal(first?.receiver, "pager");
    assert.deepEqual(first.matchers, [{ name: "alertname", value: "Watchdog", matchType: "=" }]);
    assert.equal(first.repeatInterval, "5m");
    assert.equal(first.continue, undefined);
  });

  it("lets no inhibition cross namespaces, but that of the platform's own collector", () => {
    for (const { sourceMatch, equal } of spec({}).inhibitRules) {
      const own = sourceMatch.some(({ name, value }) => name === "namespace" && value === "observability");
      assert.ok(own || equal.includes("namespace"), JSON.stringify(sourceMatch));
    }
  });

  it("keeps back what single services are missed for while nothing of any service can be heard", () => {
    const group = platformRules(parseSettings({})).services.find(({ name }) => name === "service-telemetry");
    const missed = group?.rules.flatMap((rule) => ("alert" in rule ? [rule.alert] : [])) ?? [];
    assert.equal(missed.length, 4);
    const { inhibitRules } = spec({});
    const source = inhibitRules.find(({ sourceMatch }) =>
      sourceMatch[0]?.value.includes("|ApplicationMetricsUnavailable"),
    );
    for (const alert of missed) assert.match(alert, new RegExp(`^(${source?.targetMatch[0]?.value ?? ""})$`));
  });

  it("names in its inhibitions only alerts that there are", () => {
    const alerts = Object.values(platformRules(parseSettings({})))
      .flatMap((groups) => groups.flatMap((group) => group.rules))
      .flatMap((rule) => ("alert" in rule ? [rule.alert] : []));
    for (const { sourceMatch, targetMatch } of spec({}).inhibitRules) {
      for (const { name, value } of [...sourceMatch, ...targetMatch]) {
        if (name !== "alertname") continue;
        assert.ok(
          alerts.some((alert) => new RegExp(`^(${value})$`).test(alert)),
          value,
        );
      }
    }
  });
});
