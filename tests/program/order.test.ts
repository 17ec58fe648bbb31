import assert from "node:assert/strict";
import type { ProgramRun, Registered } from "../support/program.ts";
import { programRun } from "../support/runs.ts";
import { variants } from "../support/variants.ts";

/** What must have ended before what starts, by labels of resources, and why. */
interface Rule {
  before: RegExp;
  after: RegExp;
  because: string;
}

const neededOrder: readonly Rule[] = [
  {
    before: /^Release (cert-manager|prometheus-operator)$/,
    after: /^Release opentelemetry-operator$/,
    because: "its release holds a Certificate, and it looks for the monitoring CRDs only when it starts",
  },
  {
    before: /^Release cert-manager$/,
    after: /^Release jaeger-operator$/,
    because: "its release holds a Certificate",
  },
  {
    before: /^Release opentelemetry-operator$/,
    after: /WebhookConfigurationPatch opentelemetry-operator-/,
    because: "a patch on a configuration that is not there would create it",
  },
  {
    before: /^Release jaeger-operator$/,
    after: /WebhookConfigurationPatch jaeger-operator-/,
    because: "a patch on a configuration that is not there would create it",
  },
  {
    before: /WebhookConfigurationPatch opentelemetry-operator-/,
    after: /^(OpenTelemetryCollector|Instrumentation) /,
    because: "a custom resource that comes before the webhooks work is refused",
  },
  {
    before: /WebhookConfigurationPatch jaeger-operator-/,
    after: /^Jaeger Jaeger-/,
    because: "a custom resource that comes before the webhooks work is refused",
  },
  {
    before: /^Release prometheus-operator$/,
    after: /^(Prometheus Prometheus|Alertmanager Alertmanager)-/,
    because: "the release brings the kind",
  },
  {
    before: /^Release grafana-operator-crds$/,
    after: /^Release grafana-operator$/,
    because: "the operator stops when its kinds are not there",
  },
  {
    before: /^Release grafana-operator$/,
    after: /^(Grafana Grafana|GrafanaDatasource GrafanaDatasource)-/,
    because: "the operator that finalizes them goes last",
  },
  {
    before: /^(ServiceAccount|ClusterRole) /,
    after: /^ClusterRoleBinding /,
    because: "it binds them",
  },
  {
    before: /^ClusterRoleBinding /,
    after: /^Prometheus Prometheus-/,
    because: "without its rights Prometheus finds no target",
  },
  {
    before: /^RandomPassword grafana-admin$/,
    after: /^Secret grafana-admin-credentials$/,
    because: "the Secret holds the password",
  },
  {
    before: /^Secret grafana-admin-credentials$/,
    after: /^Grafana Grafana-/,
    because: "a Grafana that starts without the Secret does not come up",
  },
  {
    before:
      /^(Grafana Grafana-|Prometheus Prometheus-|OpenTelemetryCollector OpenTelemetryCollector-jaeger|Jaeger Jaeger-)/,
    after: /^GrafanaDatasource /,
    because: "a data source belongs to a Grafana and points at a backend",
  },
  {
    before: /^(OpenTelemetryCollector OpenTelemetryCollector-jaeger|Jaeger Jaeger-)/,
    after: /^OpenTelemetryCollector OpenTelemetryCollector-otel$/,
    because: "the collector sends to Jaeger",
  },
  {
    before: /^OpenTelemetryCollector OpenTelemetryCollector-otel$/,
    after: /^Instrumentation /,
    because: "what is injected sends to the collector",
  },
  {
    before: /^Instrumentation Instrumentation-/,
    after: /^Deployment python-api$/,
    because: "a pod that is made before its Instrumentation is silently not instrumented",
  },
];

describe("the order of the program", function () {
  this.slow(2000);

  const used = new Set<Rule>();
  for (const [what, config] of Object.entries(variants)) {
    it(`holds with registrations delayed at random: ${what}`, async () => {
      // The first two variants hold most of the table: more than one throw of the dice for them.
      const seeds = Object.keys(config).length < 2 ? ["first", "second"] : ["first"];
      for (const seed of seeds) assert.deepEqual(violations(await programRun(config, { seed }), used), [], seed);
    });
  }

  it("uses every line of the table", () => {
    assert.deepEqual(
      neededOrder.filter((rule) => !used.has(rule)),
      [],
    );
  });
});

/** Every pair that the table or a namespace orders, and that overlapped or came the other way round. */
function violations(run: ProgramRun, used: Set<Rule>): string[] {
  const namespaces = new Map(
    run.registered
      .filter(({ label }) => label.startsWith("Namespace "))
      .map((namespace) => [namespace.name, namespace]),
  );
  return run.registered.flatMap((resource) => {
    const needed = neededOrder
      .filter(({ after }) => after.test(resource.label))
      .flatMap((rule) =>
        run.registered.filter(({ label }) => rule.before.test(label)).map((first) => ({ first, rule })),
      );
    for (const { rule } of needed) used.add(rule);
    const home = namespaces.get(namespaceOf(resource) ?? "");
    const pairs = needed.map(({ first, rule }) => ({ first, because: rule.because }));
    if (home) pairs.push({ first: home, because: "it lives in it" });
    return pairs
      .filter(({ first }) => !endedBefore(run, first, resource))
      .map(({ first, because }) => `${resource.label} did not wait for ${first.label}: ${because}`);
  });
}

function namespaceOf({ inputs }: Registered): string | undefined {
  const { metadata, namespace } = inputs as { metadata?: { namespace?: string }; namespace?: string };
  return namespace ?? metadata?.namespace;
}

function endedBefore(run: ProgramRun, first: Registered, second: Registered): boolean {
  const [earlier, later] = [run.spans.get(first.label), run.spans.get(second.label)];
  assert.ok(earlier && later);
  return earlier.ended < later.started;
}
