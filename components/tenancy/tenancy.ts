import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { platformRules } from "../../rules/index.ts";
import { labels } from "../../catalog/labels.ts";
import type { Settings } from "../../settings/read.ts";
import { type AdmissionPolicy, admissionPolicySpec } from "./admissionPolicy.ts";
import { alertRoutePolicy } from "./alertRoutePolicy.ts";
import { dashboardPolicy, grafanaPolicy } from "./grafanaPolicy.ts";
import { certificatePolicy } from "./certificatePolicy.ts";
import { instancePolicy, scrapeTargetPolicy } from "./instancePolicy.ts";
import { monitorPolicy } from "./monitorPolicy.ts";
import { rulePolicy } from "./rulePolicy.ts";
import { teamRole, teamRules } from "./teamRole.ts";
import { hasOwnCa } from "../../settings/tls.ts";
import { trustedNamespaces } from "../../catalog/trustedNamespaces.ts";

/** What other teams may bring into the platform: a role to hand out, and policies on what their objects hold. */
export class Tenancy extends pulumi.ComponentResource {
  constructor(name: string, settings: Settings, opts: pulumi.ComponentResourceOptions) {
    super("fluffy-observability:tenancy:Tenancy", name, {}, opts);
    const { tenancy } = settings;
    const metadata = (object: string) => ({ name: object, labels: labels({ name: object, component: "tenancy" }) });
    new kubernetes.rbac.v1.ClusterRole(teamRole, { metadata: metadata(teamRole), rules: teamRules }, { parent: this });
    const policies = tenancy.policies ? tenancyPolicies(settings) : {};
    for (const [policyName, policy] of Object.entries(policies)) {
      const made = new kubernetes.admissionregistration.v1.ValidatingAdmissionPolicy(
        policyName,
        { metadata: metadata(policyName), spec: admissionPolicySpec(policy, trustedNamespaces(tenancy)) },
        { parent: this },
      );
      new kubernetes.admissionregistration.v1.ValidatingAdmissionPolicyBinding(
        policyName,
        { metadata: metadata(policyName), spec: { policyName, validationActions: ["Deny"] } },
        { parent: this, dependsOn: made },
      );
    }
    this.registerOutputs({});
  }
}

/** The admission policies by their names, as a pure function of the settings. */
export function tenancyPolicies(settings: Settings): Readonly<Record<string, AdmissionPolicy>> {
  return {
    "fluffy-observability-instances": instancePolicy,
    "fluffy-observability-scrape-targets": scrapeTargetPolicy,
    "fluffy-observability-monitors": monitorPolicy,
    "fluffy-observability-rules": rulePolicy(alertNames(settings)),
    "fluffy-observability-alert-routes": alertRoutePolicy,
    "fluffy-observability-grafana": grafanaPolicy,
    "fluffy-observability-dashboards": dashboardPolicy,
    ...(hasOwnCa(settings) ? { "fluffy-observability-certificates": certificatePolicy } : {}),
  };
}

/** Names of the platform's alerts, each once. */
function alertNames(settings: Settings): string[] {
  const rules = Object.values(platformRules(settings)).flatMap((groups) => groups.flatMap((group) => group.rules));
  return [...new Set(rules.flatMap((rule) => ("alert" in rule ? [rule.alert] : [])))].sort();
}
