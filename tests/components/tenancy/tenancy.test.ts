import assert from "node:assert/strict";
import { parseSettings } from "../../../settings/read.ts";
import { admissionPolicySpec } from "../../../components/tenancy/admissionPolicy.ts";
import { highestMonitorLimits, usualMonitorLimits } from "../../../components/tenancy/monitorLimits.ts";
import { teamRules } from "../../../components/tenancy/teamRole.ts";
import { tenancyPolicies } from "../../../components/tenancy/tenancy.ts";
import { onlyNamespaces, trustedNamespaces } from "../../../catalog/trustedNamespaces.ts";
import { platformRules } from "../../../rules/index.ts";
import { find, programRun } from "../../../review/program/runs.ts";

const settings = parseSettings({});
const policies = Object.entries(tenancyPolicies(settings));

describe("tenancy policies", () => {
  it("say in one line why they refuse, and never more than Kubernetes shows", () => {
    for (const [name, { validations }] of policies) {
      for (const { message } of validations) {
        assert.doesNotMatch(message, /\n/, name);
        assert.ok(message.length < 300, message);
      }
    }
  });

  it("have no quote in what stands between quotes in CEL, with the names of rules", () => {
    const { "fluffy-observability-rules": onRules } = tenancyPolicies(settings);
    assert.ok(onRules);
    for (const { message } of onRules.validations) assert.doesNotMatch(message, /'/);
  });

  it("are bound, each to deny", async () => {
    const run = await programRun();
    for (const [name, policy] of policies) {
      const { spec } = find(run, "ValidatingAdmissionPolicy", name).inputs;
      assert.deepEqual(spec, admissionPolicySpec(policy, ["observability"]));
      const { spec: binding } = find(run, "ValidatingAdmissionPolicyBinding", name).inputs;
      assert.deepEqual(binding, { policyName: name, validationActions: ["Deny"] });
    }
  });

  it("are left out where the setting says so; the role stays", async () => {
    const run = await programRun({ tenancy: '{"policies":false}' });
    assert.ok(run.registered.every(({ label }) => !label.includes("AdmissionPolicy")));
    find(run, "ClusterRole", "fluffy-observability-team");
  });

  it("reserve the name of each of the platform's alerts", () => {
    const rules = JSON.stringify(tenancyPolicies(settings)["fluffy-observability-rules"]);
    const alerts = Object.values(platformRules(settings)).flatMap((groups) => groups.flatMap((group) => group.rules));
    for (const rule of alerts) if ("alert" in rule) assert.ok(rules.includes(`'${rule.alert}'`), rule.alert);
  });
});

describe("the platform's recorded series", () => {
  it("have names that the policy on rules keeps to their namespace, or from everybody", () => {
    const rules = Object.values(platformRules(settings)).flatMap((groups) => groups.flatMap((group) => group.rules));
    const records = rules.flatMap((rule) => ("record" in rule ? [rule.record] : []));
    assert.ok(records.length > 0);
    for (const record of records) assert.match(record, /^(service|platform|rule_group|workload):/);
  });
});

describe("the role for teams", () => {
  it("names no kind that reaches further than a namespace", () => {
    assert.deepEqual(teamRules.flatMap(({ resources }) => resources).sort(), [
      "alertmanagerconfigs",
      "grafanadashboards",
      "instrumentations",
      "podmonitors",
      "prometheusrules",
      "servicemonitors",
    ]);
  });
});

describe("limits of monitors", () => {
  it("that are usual are below the highest", () => {
    assert.ok(usualMonitorLimits.sampleLimit < highestMonitorLimits.sampleLimit);
    assert.ok(usualMonitorLimits.targetLimit < highestMonitorLimits.targetLimit);
    assert.ok(usualMonitorLimits.labelLimit < highestMonitorLimits.labelLimit);
  });
});

describe("trusted namespaces", () => {
  it("are the platform's and those of the settings, each once", () => {
    const trusted = trustedNamespaces({ policies: true, trustedNamespaces: ["ingress", "observability"] });
    assert.deepEqual(trusted, ["observability", "ingress"]);
    assert.deepEqual(onlyNamespaces(trusted).matchExpressions[0]?.values, trusted);
  });
});
