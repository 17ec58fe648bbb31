import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { filesFolder } from "../../../components/api/injectedContainer.ts";
import { InstrumentedApi, type InstrumentedApiArgs } from "../../../components/api/instrumentedApi.ts";
import { ownObjectives } from "../../../rules/ownObjectives.ts";
import { find, registering } from "../../../review/program/runs.ts";

const args: InstrumentedApiArgs = {
  name: "orders",
  namespace: "team",
  image: "registry.example/orders:1.0",
  port: 8080,
  injection: { language: "nodejs", instrumentation: "observability/python", instrumentationHash: "0123456789ab" },
  resources: { cpu: "50m", memory: "64Mi", memoryLimit: "256Mi" },
};

interface Container {
  name: string;
  image: string;
  env?: unknown[];
  ports: unknown[];
  resources: unknown;
  readinessProbe: { httpGet: unknown };
  startupProbe: { httpGet: unknown; periodSeconds: number; failureThreshold: number };
  livenessProbe: { httpGet: unknown; timeoutSeconds: number };
  securityContext: unknown;
  volumeMounts: unknown[];
}

async function register(more: Partial<InstrumentedApiArgs> = {}) {
  const run = await registering(() => new InstrumentedApi("orders-api", { ...args, ...more }, {}));
  const inputs = (kind: string, name = "orders-api") =>
    find(run, kind, name).inputs as { metadata: { name: string }; spec: Record<string, unknown> };
  const { spec } = inputs("Deployment");
  const template = spec["template"] as { metadata: Record<string, unknown>; spec: Record<string, unknown> };
  const [container] = template.spec["containers"] as [Container];
  return { run, inputs, deployment: spec, template, container };
}

describe("InstrumentedApi", () => {
  it("makes a Deployment and a Service that finds its pods", async () => {
    const { inputs, deployment, template } = await register();
    assert.deepEqual(inputs("Service").spec, {
      selector: { "app.kubernetes.io/name": "orders" },
      ports: [{ name: "http", port: 8080, targetPort: "http" }],
    });
    assert.deepEqual(deployment["selector"], { matchLabels: { "app.kubernetes.io/name": "orders" } });
    const podLabels = template.metadata["labels"] as Record<string, string>;
    assert.equal(podLabels["app.kubernetes.io/name"], "orders");
  });

  it("leaves out what the pod prints where it sends its log records itself", async () => {
    const { template, container } = await register({ logs: "otlp" });
    assert.match(JSON.stringify(template.metadata["annotations"]), /"fluffy-observability\/logs":"otlp"/);
    assert.match(JSON.stringify(container.env), /"OTEL_LOGS_EXPORTER","value":"otlp"/);
    const go = { ...args.injection, language: "go", goExecutable: "/api" } as const;
    await assert.rejects(register({ logs: "otlp", injection: go, podSecurity: "privileged" }), /logs is otlp/);
  });

  it("puts the annotations into the pods' template, where the operator looks", async () => {
    const { template } = await register();
    assert.deepEqual(template.metadata["annotations"], {
      "instrumentation.opentelemetry.io/inject-nodejs": "observability/python",
      "fluffy-observability/instrumentation-hash": "0123456789ab",
    });
  });

  it("runs one container that no one can get out of", async () => {
    const { template, container } = await register();
    assert.equal((template.spec["containers"] as unknown[]).length, 1);
    assert.equal(template.spec["automountServiceAccountToken"], false);
    assert.deepEqual(template.spec["securityContext"], {
      runAsNonRoot: true,
      runAsUser: 10001,
      seccompProfile: { type: "RuntimeDefault" },
    });
    assert.deepEqual(container.securityContext, {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ["ALL"] },
      readOnlyRootFilesystem: true,
    });
  });

  it("asks the same path whether it is ready and whether it lives", async () => {
    const health = { path: "/healthz", port: "http" };
    const { container } = await register();
    assert.deepEqual([container.readinessProbe.httpGet, container.livenessProbe.httpGet], [health, health]);
    assert.deepEqual(container.ports, [{ name: "http", containerPort: 8080 }]);
    const { container: other } = await register({ healthPath: "/ready" });
    assert.deepEqual(other.readinessProbe.httpGet, { path: "/ready", port: "http" });
    assert.deepEqual(other.startupProbe.httpGet, { path: "/ready", port: "http" });
  });

  it("has five minutes to start, and answers a busy pod's probe late before it is killed", async () => {
    const { startupProbe, livenessProbe } = (await register()).container;
    assert.equal(startupProbe.periodSeconds * startupProbe.failureThreshold, 300);
    assert.equal(livenessProbe.timeoutSeconds, 5);
  });

  it("is told nothing of the Services in its namespace: APP_PORT of a Service `app` would be a URL", async () => {
    assert.equal((await register()).template.spec["enableServiceLinks"], false);
  });

  it("gives the container its environment, from values, upstreams and Secrets", async () => {
    const { container } = await register({
      env: { LOG_LEVEL: "info", NODE_OPTIONS: pulumi.output("--enable-source-maps") },
      upstreams: { ORDERS_URL: "http://orders" },
      secrets: { DB_PASSWORD: { secret: "db", key: "password" } },
    });
    assert.deepEqual(container.env, [
      { name: "LOG_LEVEL", value: "info" },
      // Its own place, and what the injection needs after its own value.
      { name: "NODE_OPTIONS", value: `--enable-source-maps --require ${filesFolder}/endAtSigterm.cjs` },
      { name: "ORDERS_URL", value: "http://orders" },
      { name: "DB_PASSWORD", valueFrom: { secretKeyRef: { name: "db", key: "password" } } },
    ]);
  });

  it("mounts the files of the injection, by the name that changes with their content", async () => {
    const { inputs, template, container } = await register();
    const { name } = inputs("ConfigMap", "orders-api-injection").metadata;
    assert.match(name, /^orders-injection-[0-9a-f]{8}$/);
    const items = [{ key: "endAtSigterm.cjs", path: "endAtSigterm.cjs" }];
    const [volume] = template.spec["volumes"] as unknown[];
    assert.deepEqual(volume, { name: "injection", configMap: { name, items } });
    assert.deepEqual(container.volumeMounts[0], { name: "injection", mountPath: filesFolder, readOnly: true });
  });

  it("makes and mounts nothing where the injection needs no file", async () => {
    const nodejs = { endAtSigterm: false };
    const { run, template, container } = await register({ injection: { ...args.injection, nodejs } });
    assert.ok(!JSON.stringify([template.spec["volumes"], container.volumeMounts]).includes("injection"));
    assert.deepEqual(container.env, []);
    assert.ok(!run.registered.some(({ type }) => type.endsWith(":ConfigMap")));
  });

  it("refuses a memory limit in which the injected packages leave no room, and a loader from a Secret", async () => {
    await assert.rejects(register({ resources: { ...args.resources, memoryLimit: "128Mi" } }), {
      message: /^InstrumentedApi orders: resources\.memoryLimit is 128Mi: must be 176Mi or more/,
    });
    await assert.rejects(register({ secrets: { NODE_OPTIONS: { secret: "node", key: "options" } } }), {
      message: /^secrets has NODE_OPTIONS: must be in env/,
    });
  });

  it("asks for the injection of Go with the program to attach to, and refuses to without", async () => {
    const injection = { language: "go", instrumentation: "observability/python", instrumentationHash: "0" } as const;
    const { template } = await register({
      injection: { ...injection, goExecutable: "/orders" },
      podSecurity: "privileged",
    });
    const annotations = template.metadata["annotations"] as Record<string, string>;
    assert.equal(annotations["instrumentation.opentelemetry.io/otel-go-auto-target-exe"], "/orders");
    await assert.rejects(register({ injection, podSecurity: "privileged" }), { message: /^goExecutable is missing: / });
  });

  it("has objectives of its own on request, as rules that the platform's alerts go by", async () => {
    const { run, inputs } = await register();
    assert.ok(!run.registered.some(({ type }) => type.endsWith(":PrometheusRule")));
    assert.ok(inputs("Service"));
    const slo = { availability: 0.999, latencyTarget: 0.99, latencySeconds: 1 } as const;
    const own = find((await register({ slo })).run, "PrometheusRule", "PrometheusRule-orders-api-objectives").inputs;
    assert.deepEqual(own["spec"], { groups: ownObjectives({ service: "orders", namespace: "team", objective: slo }) });
  });

  it("refuses objectives that no alert could watch, in one line", async () => {
    const slo = { availability: 0.999, latencyTarget: 0.99, latencySeconds: 0.6 };
    await assert.rejects(register({ slo }), {
      message: /^InstrumentedApi orders: slo\.latencySeconds is 0\.6: must be one of 0\.005, .*0\.5, 0\.75, /,
    });
    await assert.rejects(register({ slo: { ...slo, availability: 0.5, latencySeconds: 1 } }), {
      message: "InstrumentedApi orders: slo.availability is 0.5: must be a number from 0.95 to 0.9999",
    });
  });

  it("says where Grafana shows it, where there is a Grafana", async () => {
    const url = async (grafanaUrl?: string | null) => {
      let api: InstrumentedApi | undefined;
      const made = grafanaUrl === undefined ? args : { ...args, grafanaUrl };
      await registering(() => (api = new InstrumentedApi("orders-api", made, {})));
      return new Promise((resolve) => api?.dashboardUrl.apply(resolve));
    };
    assert.equal(
      await url("http://grafana:3000"),
      "http://grafana:3000/d/fluffy-api?var-service=orders&var-namespace=team",
    );
    assert.deepEqual([await url(null), await url()], [null, null]);
  });

  it("has one pod unless told otherwise", async () => {
    assert.equal((await register()).deployment["replicas"], 1);
    assert.equal((await register({ replicas: 3 })).deployment["replicas"], 3);
  });

  it("leaves the number of pods to an autoscaler, where there is one", async () => {
    const { deployment, inputs } = await register({ replicas: { minReplicas: 2, maxReplicas: 5, cpuPercent: 70 } });
    assert.ok(!("replicas" in deployment));
    const { scaleTargetRef, minReplicas, maxReplicas } = inputs("HorizontalPodAutoscaler").spec;
    assert.deepEqual(
      { scaleTargetRef, minReplicas, maxReplicas },
      { scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "orders" }, minReplicas: 2, maxReplicas: 5 },
    );
  });

  it("refuses the injection of Go where the namespace refuses its container", async () => {
    const injection = { ...args.injection, language: "go", goExecutable: "/orders" } as const;
    for (const podSecurity of ["baseline", "restricted"] as const) {
      await assert.rejects(register({ injection, podSecurity }), {
        message:
          `InstrumentedApi orders: podSecurity is ${podSecurity}: must be privileged with the injection of go, whose container is privileged, ` +
          "runs as root and mounts a folder of the node; namespace team needs the label pod-security.kubernetes.io/enforce=privileged",
      });
      assert.ok((await register({ podSecurity })).deployment);
    }
    assert.ok((await register({ injection, podSecurity: "privileged" })).deployment);
  });

  it("may share its name with one of another namespace, and keeps what it had under it", async () => {
    const slo = { availability: 0.999, latencyTarget: 0.99, latencySeconds: 1 } as const;
    const replicas = { minReplicas: 2, maxReplicas: 5, cpuPercent: 70 };
    const run = await registering(() => {
      for (const namespace of ["team", "other"]) {
        new InstrumentedApi(`${namespace}-orders`, { ...args, namespace, slo, replicas }, {});
      }
      new InstrumentedApi("orders", { ...args, namespace: "third", slo }, {});
    });
    const made = run.asked.filter(({ parent }) => parent?.startsWith("InstrumentedApi "));
    assert.equal(new Set(made.map(({ label }) => label)).size, 6 + 6 + 4);
    const formerly = (api: string): Record<string, readonly string[]> =>
      Object.fromEntries(
        made
          .filter(({ parent }) => parent === `InstrumentedApi ${api}`)
          .map((one) => [one.type.split(":").at(-1) ?? "", one.formerNames] as const),
      );
    assert.deepEqual(formerly("other-orders"), {
      ConfigMap: ["orders-injection"],
      Deployment: ["orders"],
      Service: ["orders"],
      HorizontalPodAutoscaler: ["orders"],
      PodDisruptionBudget: [],
      PrometheusRule: ["PrometheusRule-orders-objectives"],
    });
    assert.deepEqual(Object.values(formerly("orders")).flat(), [], "nothing had another name");
  });
});
