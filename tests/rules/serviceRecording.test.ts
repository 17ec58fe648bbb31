import assert from "node:assert/strict";
import { parseSettings } from "../../settings/read.ts";
import { ownObjectives } from "../../rules/ownObjectives.ts";
import { platformRules } from "../../rules/index.ts";
import { serviceRecording } from "../../rules/serviceRecording.ts";
import { byDuration } from "../../rules/serviceDurations.ts";
import { byOutcome, metric, series } from "../../rules/serviceSeries.ts";

describe("serviceRecording", () => {
  const groups = (services: object = {}) => serviceRecording(parseSettings({ slo: JSON.stringify({ services }) }).slo);
  const expr = (name: string, services?: object) => {
    const rules = groups(services).flatMap((group) => group.rules);
    return rules.find((rule) => "record" in rule && rule.record === name)?.expr;
  };

  it("records what it uses before it uses it, or looks back for it", () => {
    // The teams record that one.
    const recorded = new Set<string>([series.own]);
    const all = new Set(
      groups().flatMap(({ rules }) => rules.flatMap((rule) => ("record" in rule ? [rule.record] : []))),
    );
    for (const rule of groups().flatMap(({ rules }) => rules)) {
      for (const [text, back, name = ""] of rule.expr.matchAll(
        /((?:last|max)_over_time\()?(service:[a-z_]+:[a-z0-9_]+)/g,
      ))
        assert.ok(back === undefined ? recorded.has(name) : all.has(name), `${text} in ${rule.expr}`);
      if ("record" in rule) recorded.add(rule.record);
    }
  });

  it("evaluates long windows more often than a series counts as gone", () => {
    assert.deepEqual(
      groups().map(({ name, interval }) => [name, interval]),
      [
        ["services", "1m"],
        ["services-slow", "2m"],
        ["services-quantiles", "4m"],
      ],
    );
  });

  it("reads no more than five minutes of the raw series, which are many", () => {
    const all = Object.values(platformRules(parseSettings({}))).flat();
    const own = ownObjectives({ service: "a", namespace: "b", objective: { ...parseSettings({}).slo } });
    for (const { expr } of [...all, ...own].flatMap(({ rules }) => rules))
      for (const [text, window = "5m"] of expr.matchAll(
        new RegExp(`\\b${metric}(?:_\\w+)?\\{[^}]*\\}(?:\\[(\\w+)[^\\]]*\\])?`, "g"),
      ))
        assert.equal(window, "5m", `${text} in ${expr}`);
  });

  it("counts a 5xx as an error", () => {
    assert.match(expr(byOutcome.bad.byProcess) ?? "", /http_response_status_code=~"5\.\."\}/);
  });

  it("measures a service by its own bound", () => {
    const rule = expr(byDuration.bad.byProcess, { slow: { latencySeconds: 1 } }) ?? "";
    assert.match(rule, /le="1\.0",service_name=~"slow"/);
    assert.match(rule, /le="0\.5",service_name!~"slow"/);
  });

  it("gives each service its budget", () => {
    const rule = expr(series.errorBudget, { strict: { availability: 0.999 } }) ?? "";
    assert.match(rule, /0\.001 \* group by .*service_name=~"strict".* or 0\.005 \* group by .*service_name!~"strict"/);
  });
});
