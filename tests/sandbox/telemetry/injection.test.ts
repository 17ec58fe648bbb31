import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { load } from "js-yaml";
import { injectedEnvironment, type PodVariable, resolveEnvironment } from "../../../sandbox/telemetry/injection.ts";
import { stackObjects } from "../../../scripts/bench/renderedObjects.ts";
import { teamObjects } from "../../../review/program/teamObjects.ts";
import type { DeploymentSpec, LiveObject, Injection } from "../../../sandbox/telemetry/liveObjects.ts";

/** What the operator was seen to do with real objects; not part of every checkout. */
const recordings = path.join(import.meta.dirname, "../../../../shared/reference");

const instrumentation: LiveObject<Injection<"python">> = {
  metadata: { name: "python", namespace: "observability" },
  spec: {
    exporter: { endpoint: "http://otel-collector.observability.svc:4318" },
    propagators: ["tracecontext", "baggage"],
    sampler: { type: "parentbased_traceidratio", argument: "0.25" },
    python: {
      image: "autoinstrumentation-python:0.64b0",
      resourceRequirements: {},
      env: [
        { name: "OTEL_LOGS_EXPORTER", value: "none" },
        { name: "OTEL_SEMCONV_STABILITY_OPT_IN", value: "http" },
      ],
    },
  },
};

function deployment(env?: PodVariable[], annotation = "observability/python"): LiveObject<DeploymentSpec> {
  return {
    metadata: { name: "python-api", namespace: "python-api" },
    spec: {
      template: {
        metadata: { annotations: { "instrumentation.opentelemetry.io/inject-python": annotation } },
        spec: { containers: [{ name: "python-api", image: "localhost:5005/python-api:dev", ...(env ? { env } : {}) }] },
      },
    },
  };
}

const pod = { podName: "python-api-1-a", nodeName: "node-0", podIP: "10.0.0.7", hostIP: "10.1.0.1" };

function resolved(env?: PodVariable[], image = "localhost:5005/python-api:dev"): Record<string, string> {
  const object = deployment(env);
  for (const container of object.spec.template.spec.containers) container.image = image;
  return resolveEnvironment(injectedEnvironment("python", instrumentation, object, "python-api-1"), pod);
}

describe("injectedEnvironment", () => {
  it("says where the CA is, where applications send over TLS", () => {
    const { spec } = instrumentation;
    const tls = { secretName: "otlp-ca", ca_file: "ca.crt" };
    const encrypted = { ...instrumentation, spec: { ...spec, exporter: { ...spec.exporter, tls } } };
    const find = (live: typeof instrumentation) =>
      injectedEnvironment("python", live, deployment(), "python-api-1").find(
        ({ name }) => name === "OTEL_EXPORTER_OTLP_CERTIFICATE",
      )?.value;
    assert.equal(find(encrypted), "/otel-auto-instrumentation-secret-otlp-ca/ca.crt");
    assert.equal(find(instrumentation), undefined);
  });

  it("is what the operator injects", () => {
    assert.deepEqual(resolved(), {
      OTEL_NODE_IP: "10.1.0.1",
      OTEL_POD_IP: "10.0.0.7",
      OTEL_LOGS_EXPORTER: "none",
      OTEL_SEMCONV_STABILITY_OPT_IN: "http",
      PYTHONPATH:
        "/otel-auto-instrumentation-python/opentelemetry/instrumentation/auto_instrumentation:" +
        "/otel-auto-instrumentation-python",
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf",
      OTEL_TRACES_EXPORTER: "otlp",
      OTEL_METRICS_EXPORTER: "otlp",
      OTEL_SERVICE_NAME: "python-api",
      OTEL_EXPORTER_OTLP_ENDPOINT: "http://otel-collector.observability.svc:4318",
      OTEL_RESOURCE_ATTRIBUTES_POD_NAME: "python-api-1-a",
      OTEL_RESOURCE_ATTRIBUTES_NODE_NAME: "node-0",
      OTEL_PROPAGATORS: "tracecontext,baggage",
      OTEL_TRACES_SAMPLER: "parentbased_traceidratio",
      OTEL_TRACES_SAMPLER_ARG: "0.25",
      OTEL_RESOURCE_ATTRIBUTES:
        "k8s.container.name=python-api,k8s.deployment.name=python-api,k8s.namespace.name=python-api," +
        "k8s.node.name=node-0,k8s.pod.name=python-api-1-a,k8s.replicaset.name=python-api-1," +
        "service.instance.id=python-api.python-api-1-a.python-api,service.namespace=python-api,service.version=dev",
    });
  });

  it("equals a recorded pod, variable by variable and in order", function () {
    if (!existsSync(recordings)) this.skip();
    const input = readFileSync(path.join(recordings, "input.yaml"), "utf8");
    // Some objects follow each other without a separator.
    const objects = input.split(/^---$|^(?=apiVersion:)/m).map((text) => load(text) as { kind: string } | undefined);
    const recorded = load(readFileSync(path.join(recordings, "injected-pod.yaml"), "utf8")) as {
      metadata: { ownerReferences: [{ name: string }] };
      spec: { containers: [{ env: PodVariable[] }] };
    };
    const of = <Spec>(kind: string) => objects.find((object) => object?.kind === kind) as unknown as LiveObject<Spec>;
    const environment = injectedEnvironment(
      "python",
      of("Instrumentation"),
      of("Deployment"),
      recorded.metadata.ownerReferences[0].name,
    );
    assert.deepEqual(environment, recorded.spec.containers[0].env);
  });

  it("is for Node.js the common part, and what makes Node load the packages", async () => {
    const { deployment: orders } = await teamObjects();
    const { instrumentation: live } = stackObjects();
    const variables = injectedEnvironment("nodejs", live, orders, "orders-api-1");
    const { NODE_OPTIONS, OTEL_SERVICE_NAME, OTEL_TRACES_SAMPLER_ARG, OTEL_SEMCONV_STABILITY_OPT_IN } =
      resolveEnvironment(variables, pod);
    assert.deepEqual(
      { NODE_OPTIONS, OTEL_SERVICE_NAME, OTEL_TRACES_SAMPLER_ARG, OTEL_SEMCONV_STABILITY_OPT_IN },
      {
        NODE_OPTIONS:
          "--require /fluffy-observability/endAtSigterm.cjs --require /otel-auto-instrumentation-nodejs/autoinstrumentation.js",
        OTEL_SERVICE_NAME: "orders-api",
        OTEL_TRACES_SAMPLER_ARG: "0.25",
        OTEL_SEMCONV_STABILITY_OPT_IN: "http",
      },
    );
    const names = variables.map(({ name }) => name);
    assert.deepEqual(
      names.filter((name) => /PYTHON|EXPORTER_OTLP_PROTOCOL|_TRACES_EXPORTER|_METRICS_EXPORTER/.test(name)),
      [],
    );
  });

  it("adds to the container's own NODE_OPTIONS", async () => {
    const { deployment: orders } = await teamObjects();
    const [container] = orders.spec.template.spec.containers;
    if (container !== undefined) container.env = [{ name: "NODE_OPTIONS", value: "--max-old-space-size=64" }];
    const variables = injectedEnvironment("nodejs", stackObjects().instrumentation, orders, "r");
    assert.deepEqual(
      variables.filter(({ name }) => name === "NODE_OPTIONS").map(({ value }) => value),
      ["--max-old-space-size=64 --require /otel-auto-instrumentation-nodejs/autoinstrumentation.js"],
    );
  });

  it("makes a Java machine load the agent from the container's own folder", () => {
    const java: LiveObject<Injection<"java">> = {
      ...instrumentation,
      spec: { ...instrumentation.spec, java: { image: "autoinstrumentation-java:2.30.0", resources: {}, env: [] } },
    };
    const object = deployment([{ name: "JAVA_TOOL_OPTIONS", value: "-Xmx64m" }]);
    object.spec.template.metadata.annotations = {
      "instrumentation.opentelemetry.io/inject-java": "observability/python",
    };
    const variables = injectedEnvironment("java", java, object, "r");
    assert.deepEqual(
      variables.filter(({ name }) => name === "JAVA_TOOL_OPTIONS").map(({ value }) => value),
      ["-Xmx64m -javaagent:/otel-auto-instrumentation-java-python-api/javaagent.jar"],
    );
  });

  it("keeps what the container sets itself", () => {
    const environment = resolved([
      { name: "OTEL_SERVICE_NAME", value: "own" },
      { name: "UPSTREAM_URL", value: "http://upstream" },
    ]);
    assert.equal(environment.OTEL_SERVICE_NAME, "own");
    assert.equal(environment.UPSTREAM_URL, "http://upstream");
  });

  it("puts the container's own PYTHONPATH between the injected parts", () => {
    assert.equal(
      resolved([{ name: "PYTHONPATH", value: "/app" }]).PYTHONPATH,
      "/otel-auto-instrumentation-python/opentelemetry/instrumentation/auto_instrumentation:/app:" +
        "/otel-auto-instrumentation-python",
    );
  });

  for (const [image, version] of [
    ["registry:5000/api:1.2", ",service.version=1.2"],
    ["registry:5000/api@sha256:ab", ",service.version=sha256:ab"],
    ["registry:5000/api:1.2@sha256:ab", ",service.version=1.2@sha256:ab"],
    ["registry:5000/api", "service.namespace=python-api"],
  ] as const) {
    it(`takes the version from ${image}`, () => {
      assert.ok(resolved([], image).OTEL_RESOURCE_ATTRIBUTES?.endsWith(version));
    });
  }

  it("refuses a Deployment that asks for another Instrumentation", () => {
    assert.throws(() => injectedEnvironment("python", instrumentation, deployment([], "observability/java"), "r"), {
      name: "UserError",
      message:
        'Deployment "python-api/python-api": annotation instrumentation.opentelemetry.io/inject-python is ' +
        '"observability/java", the operator would inject nothing of Instrumentation "observability/python"',
    });
  });
});

describe("resolveEnvironment", () => {
  it("leaves a reference to what is not set as it is", () => {
    assert.deepEqual(resolveEnvironment([{ name: "A", value: "$(B)-$(A)" }], pod), { A: "$(B)-$(A)" });
  });

  it("refuses a value that is in a Secret", () => {
    const secret = { name: "TOKEN", valueFrom: { secretKeyRef: { name: "s", key: "k" } } };
    assert.throws(() => resolveEnvironment([secret], pod), /environment variable TOKEN: .* not to be had/);
  });
});
