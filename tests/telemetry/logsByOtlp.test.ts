import assert from "node:assert/strict";
import { once } from "node:events";
import type { Server } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { logsAnnotation } from "../../components/telemetry/podIdentity.ts";
import type { Application } from "../../review/injection/application.ts";
import { applicationPod } from "../../review/injection/pod.ts";
import { localPodName } from "../../sandbox/telemetry/localEnvironment.ts";
import { objectList, serveObjects } from "../../scripts/bench/apiServer.ts";
import { nodeName } from "../../scripts/bench/nodeApi.ts";
import { eventually } from "../support/eventually.ts";
import { killGroup, startInjected } from "../support/injectedApplication.ts";
import { LogAgentRun } from "../support/logAgentRun.ts";
import { RuntimeLogs, runtimeUid } from "../support/runtimeLogs.ts";
import { requirePython, TelemetryStack } from "../support/telemetryStack.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

/** An application with a logger, which chooses OTLP by the argument of `InstrumentedApi`. */
const application: Application = {
  ...{ name: "FastAPI that logs by OTLP", language: "python", kind: "server", packages: "web" },
  injection: {},
  logs: "otlp",
  command: ({ runtime, program }) => [runtime, program("uvicorn"), "fastapi_app:app", "--port", "$PORT"],
  ready: { line: /Application startup complete/, count: 1 },
};

describe("the log lines of a service that chooses OTLP", function () {
  this.timeout(300_000);
  const stack = new TelemetryStack(22_300, {});
  const folder = temporaryFolder();
  let run: LogAgentRun | undefined;
  let api: Server | undefined;

  before(async function () {
    await requirePython(this);
  });
  after(async () => {
    await run?.remove();
    api?.closeAllConnections();
    api?.close();
    await stack.remove();
  });

  it("come once, with the ids of their trace; what it prints is left out, and that of no other pod", async () => {
    const { deployment } = await applicationPod(application, {});
    const chosen = deployment.spec.template.metadata.annotations ?? {};
    const name = localPodName("shop");
    const pods = [
      pod("shop", name, chosen),
      pod("shop", "printing", {}),
      pod("shop", "left-out", { [logsAnnotation]: "off" }),
      pod("quiet", "of-quiet", {}),
      pod("quiet", "loud", { [logsAnnotation]: "stdout" }),
    ];
    const quiet = { metadata: { name: "quiet", annotations: { [logsAnnotation]: "off" } } };
    const answers: Readonly<Record<string, object>> = {
      "/api/v1/pods": objectList("Pod", pods),
      "/api/v1/namespaces": objectList("Namespace", [{ metadata: { name: "shop" } }, quiet]),
    };
    const { server, url } = await serveObjects((path) => answers[path]);
    api = server;
    const agent = (run = new LogAgentRun(stack.ports.logs, url));
    await agent.start("store", "agent");
    await stack.start("collector");
    const { child, port, said } = await startInjected(application, {
      ...{ paths: stack.paths, folder: folder(), collector: stack.urls.collector },
      env: { OTEL_SERVICE_NAME: "shop" },
    });
    try {
      for (const path of ["warn", "boom"]) await fetch(`http://127.0.0.1:${port}/${path}`);
      await eventually(() => {
        assert.match(said(), /RuntimeError: the shelf is empty/);
        return Promise.resolve();
      }, 30_000);
      // As the runtime would write what it has printed, and what the others have.
      const printed = said().trim().split("\n");
      for (const { metadata } of pods) new RuntimeLogs(agent.pods, metadata.name, metadata.namespace).write(printed);
      await eventually(async () => {
        const found = await agent.query("stock is low");
        assert.deepEqual(
          found.map((record) => [record["service.name"], record["k8s.pod.name"], record["severity_text"]]),
          [["shop", name, "WARN"]],
        );
        assert.match(found[0]?.["trace_id"] ?? "", /^[0-9a-f]{32}$/);
        for (const other of ["printing", "loud"])
          assert.equal((await agent.query(`k8s.pod.name:="${other}" "GET /warn"`)).length, 1);
      }, 60_000);
      // What is not left out would be there by then.
      await sleep(3000);
      const lines = await agent.query('"GET /warn" or "the shelf is empty"');
      assert.deepEqual([...new Set(lines.map((record) => record["k8s.pod.name"]))].sort(), ["loud", "printing"]);
    } finally {
      killGroup(child.pid);
      await once(child, "exit");
    }
  });
});

/** A pod as the API server has it. */
function pod(namespace: string, name: string, annotations: Readonly<Record<string, string>>) {
  return {
    metadata: {
      ...{ name, namespace, uid: runtimeUid(name), resourceVersion: "1", creationTimestamp: "2026-01-01T00:00:00Z" },
      annotations,
    },
    spec: { nodeName, containers: [{ name: "app", image: "app:1" }] },
    status: { phase: "Running", podIP: "10.42.0.17", podIPs: [{ ip: "10.42.0.17" }] },
  };
}
