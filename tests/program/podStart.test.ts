import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { Language } from "../../components/api/injection.ts";
import type { InstrumentationSpec } from "../../components/customResources/openTelemetry.ts";
import { instrumentationImages } from "../../catalog/versions.ts";
import { injectedPod, type SecurityContexts } from "../support/injectedPod.ts";
import { type StartedPod, startErrors } from "../support/podStart.ts";
import { find, programRun } from "../../review/program/runs.ts";

/** Pods as teams have them; their images name user 1000, those that are injected none. */
const shapes: Readonly<Record<string, { readonly pod: StartedPod; readonly names?: readonly string[] }>> = {
  "without a security context": { pod: { containers: [{ name: "app" }] } },
  "with runAsNonRoot for the pod": { pod: { securityContext: { runAsNonRoot: true }, containers: [{ name: "app" }] } },
  "with runAsNonRoot for the pod and the container": {
    pod: {
      securityContext: { runAsNonRoot: true },
      containers: [{ name: "app", securityContext: { runAsNonRoot: true } }],
    },
  },
  "with runAsUser for the pod": {
    pod: { securityContext: { runAsNonRoot: true, runAsUser: 10001 }, containers: [{ name: "app" }] },
  },
  "with an init container of its own": {
    pod: {
      securityContext: { runAsNonRoot: true },
      initContainers: [{ name: "migrate" }],
      containers: [{ name: "app", securityContext: { runAsUser: 1000 } }],
    },
  },
  "with its own init container injected": {
    pod: {
      securityContext: { runAsNonRoot: true },
      initContainers: [{ name: "migrate" }],
      containers: [{ name: "app" }],
    },
    names: ["migrate", "app"],
  },
  "with several containers, injected by their names": {
    pod: {
      securityContext: { runAsNonRoot: true },
      containers: [{ name: "proxy", securityContext: { runAsUser: 101 } }, { name: "app" }, { name: "worker" }],
    },
    names: ["app", "worker"],
  },
};
const imageUsers = { app: 1000, migrate: 1000, worker: 1000, proxy: 101 };

describe("injected pods on a kubelet", () => {
  let spec: InstrumentationSpec;
  before(async () => {
    spec = find(await programRun(), "Instrumentation", "Instrumentation-python").inputs["spec"] as InstrumentationSpec;
  });

  for (const [shape, { pod, names }] of Object.entries(shapes)) {
    for (const language of Object.keys(instrumentationImages) as Language[]) {
      it(`start: ${language}, ${shape}`, () => {
        assert.deepEqual(startErrors(pod, imageUsers), [], "the pod itself");
        assert.deepEqual(startErrors(injectedPod(pod, spec, language, names), imageUsers), []);
      });
    }
  }

  it("would not without what the Instrumentation says", () => {
    const { pod } = shapes["with runAsNonRoot for the pod"] ?? { pod: { containers: [] } };
    assert.deepEqual(startErrors(injectedPod(pod, {}, "python"), imageUsers), [
      "opentelemetry-auto-instrumentation-python: container has runAsNonRoot and image will run as root",
    ]);
    assert.deepEqual(startErrors(injectedPod(pod, {}, "go"), imageUsers), [
      "opentelemetry-auto-instrumentation: container's runAsUser breaks non-root policy",
    ]);
  });

  it("leave the user of the copying to a cluster that gives it, on request", async () => {
    const run = await programRun({ instrumentation: JSON.stringify({ initContainerUser: 0 }) });
    const { initContainerSecurityContext } = find(run, "Instrumentation", "Instrumentation-python").inputs[
      "spec"
    ] as InstrumentationSpec;
    const { runAsUser: given, ...others } = spec.initContainerSecurityContext;
    assert.deepEqual([initContainerSecurityContext, given], [others, 65_532]);
    assert.deepEqual(others, {
      runAsNonRoot: true,
      allowPrivilegeEscalation: false,
      capabilities: { drop: ["ALL"] },
      readOnlyRootFilesystem: true,
      seccompProfile: { type: "RuntimeDefault" },
    });
  });
});

/** What the injector of the operator 0.158.0 made of the shapes, with the security contexts of an Instrumentation and without. */
const recorded = JSON.parse(readFileSync(new URL("../fixtures/injectedPods.json", import.meta.url), "utf8")) as {
  spec: SecurityContexts;
  pods: Record<string, Record<Language, StartedPod>>;
}[];

describe("injectedPod", () => {
  for (const [shape, { pod, names }] of Object.entries(shapes)) {
    it(`makes of a pod what the operator makes: ${shape}`, () => {
      assert.equal(recorded.length, 2);
      for (const { spec, pods } of recorded) {
        for (const [language, made] of Object.entries(pods[shape] ?? {})) {
          assert.deepEqual(injectedPod(pod, spec, language as Language, names), made, language);
        }
        assert.equal(Object.keys(pods[shape] ?? {}).length, 5);
      }
    });
  }
});
