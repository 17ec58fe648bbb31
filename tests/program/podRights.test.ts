import assert from "node:assert/strict";
import type { ProgramRun, Registered } from "../../review/program/program.ts";
import { programRun, stackRun, stacks } from "../../review/program/runs.ts";
import { contentVariants, variants } from "../../review/program/variants.ts";

type Fields = Record<string, unknown>;

const valueAt = (object: unknown, ...path: string[]): unknown =>
  path.reduce<unknown>((held, name) => (held as Fields | undefined)?.[name], object);

const inTemplate = {
  account: ["template", "spec", "serviceAccountName"],
  mount: ["template", "spec", "automountServiceAccountToken"],
};

/** Where an object names the account of its pods, and where it may keep a token from them. */
const pods: Readonly<Record<string, { account: string[]; mount?: string[]; cleaner?: string[] }>> = {
  Alertmanager: { account: ["serviceAccountName"], mount: ["automountServiceAccountToken"] },
  Prometheus: { account: ["serviceAccountName"], mount: ["automountServiceAccountToken"] },
  Deployment: inTemplate,
  StatefulSet: inTemplate,
  Grafana: {
    account: ["deployment", "spec", "template", "spec", "serviceAccountName"],
    mount: ["deployment", "spec", "template", "spec", "automountServiceAccountToken"],
  },
  Jaeger: { account: ["allInOne", "serviceAccount"] },
  OpenTelemetryCollector: { account: ["serviceAccount"] },
};

/** Whether the pods of an object get a token of the cluster's API. */
function getsToken(run: ProgramRun, { inputs }: Registered): boolean {
  const { account, mount = [] } = pods[String(inputs["kind"])] ?? assert.fail();
  const own = mount.length === 0 ? undefined : valueAt(inputs["spec"], ...mount);
  if (own !== undefined) return own !== false;
  const name = valueAt(inputs["spec"], ...account);
  const found = run.registered.find(
    ({ inputs }) => inputs["kind"] === "ServiceAccount" && valueAt(inputs, "metadata", "name") === name,
  );
  return found?.inputs["automountServiceAccountToken"] !== false;
}

const runs: Record<string, () => Promise<ProgramRun>> = {
  ...Object.fromEntries(stacks.map((stack) => [`stack ${stack}`, () => stackRun(stack)])),
  ...Object.fromEntries(
    Object.entries({ ...variants, ...contentVariants }).map(([variant, config]) => [variant, () => programRun(config)]),
  ),
};

describe("tokens of the cluster's API", () => {
  for (const [name, start] of Object.entries(runs)) {
    it(`are mounted where they are used only, in Prometheus, the Collector, the agent of logs and kube-state-metrics: ${name}`, async () => {
      const run = await start();
      const made = run.registered.filter(
        ({ inputs }) => String(inputs["kind"]) in pods && inputs["spec"] !== undefined,
      );
      assert.ok(made.length > 1);
      const withToken = made.filter((each) => getsToken(run, each)).map(({ label }) => label);
      const using = [
        ...(name === "without logs" ? [] : ["OpenTelemetryCollector OpenTelemetryCollector-logs"]),
        ...(run.registered.some(({ label }) => label === "Deployment kube-state-metrics")
          ? ["Deployment kube-state-metrics"]
          : []),
        ...["OpenTelemetryCollector OpenTelemetryCollector-otel", "Prometheus Prometheus-prometheus"],
      ];
      assert.deepEqual(withToken.sort(), using.sort());
    });

    it(`are of an account that is there before the pods: ${name}`, async () => {
      const run = await start();
      for (const { label, inputs } of run.registered) {
        if (!["Jaeger", "OpenTelemetryCollector"].includes(String(inputs["kind"]))) continue;
        const { account } = pods[String(inputs["kind"])] ?? assert.fail();
        const needed = run.asked.find((each) => each.label === label)?.dependsOn ?? [];
        assert.ok(needed.includes(`ServiceAccount ${String(valueAt(inputs["spec"], ...account))}`), needed.join(", "));
      }
    });
  }
});

describe("Jaeger's pods", () => {
  const hardened = (context: unknown) => {
    assert.equal(valueAt(context, "readOnlyRootFilesystem"), true);
    assert.equal(valueAt(context, "allowPrivilegeEscalation"), false);
    assert.deepEqual(valueAt(context, "capabilities", "drop"), ["ALL"]);
  };

  for (const [name, start] of Object.entries(runs)) {
    it(`write to volumes only, without root and rights: ${name}`, async () => {
      for (const { inputs, label } of (await start()).registered) {
        const spec = inputs["spec"];
        if (label === "OpenTelemetryCollector OpenTelemetryCollector-jaeger") {
          hardened(valueAt(spec, "securityContext"));
          assert.equal(valueAt(spec, "podSecurityContext", "runAsNonRoot"), true);
        }
        if (inputs["kind"] !== "Jaeger") continue;
        const cleaner = valueAt(spec, "storage", "esIndexCleaner") as Fields | undefined;
        for (const pod of [valueAt(spec, "allInOne"), ...(cleaner?.["enabled"] === true ? [cleaner] : [])]) {
          hardened(valueAt(pod, "containerSecurityContext"));
          assert.equal(valueAt(pod, "securityContext", "runAsNonRoot"), true);
          assert.equal(valueAt(pod, "serviceAccount"), "jaeger");
        }
      }
    });
  }
});
