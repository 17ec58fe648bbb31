import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, openSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import path from "node:path";
import { dump } from "js-yaml";
import { createReport } from "../../cli/report.ts";
import { namespaces, resources } from "../../catalog/names.ts";
import { collectorSpec } from "../../components/telemetry/collector.ts";
import { logsExporterId, logsTarget } from "../../components/telemetry/logsExporter.ts";
import { sandboxPaths } from "../../sandbox/paths.ts";
import { ensureTools } from "../../sandbox/programs/tools.ts";
import { loopbackCollector } from "../../sandbox/telemetry/collectorConfig.ts";
import { userPorts } from "../../sandbox/telemetry/loopback.ts";
import { byKubeconfig, kubeconfig, objectList, serveObjects } from "../../scripts/bench/apiServer.ts";
import { parseSettings } from "../../settings/read.ts";
import { eventually } from "../support/eventually.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const [otlp, sink] = [22_240, 22_241];

/** Fields of a record as JSON has them. */
type Attributes = readonly { readonly key: string; readonly value: { readonly stringValue?: string } }[];

interface Sent {
  readonly resourceLogs: {
    readonly resource: { readonly attributes: Attributes };
    readonly scopeLogs: { readonly logRecords: { readonly body: object; readonly attributes: Attributes }[] }[];
  }[];
}

const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });

/** An event in the form in which the receiver of 0.158.0 hands it on; the receiver's module cannot be had. */
const event = (kind: string, name: string, uid: string, message: string) => ({
  resource: {
    attributes: [
      text("k8s.node.name", ""),
      text("k8s.object.kind", kind),
      text("k8s.object.name", name),
      text("k8s.object.uid", uid),
      text("k8s.object.fieldpath", ""),
      text("k8s.object.api_version", "v1"),
    ],
  },
  scopeLogs: [
    {
      scope: {},
      logRecords: [
        {
          ...{ timeUnixNano: `${BigInt(Date.now()) * 1_000_000n}`, severityNumber: 13, severityText: "Warning" },
          body: { stringValue: message },
          attributes: [text("k8s.event.reason", "BackOff"), text("k8s.namespace.name", "shop")],
        },
      ],
    },
  ],
});

describe("Kubernetes' events as records", function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  const running: { collector?: ChildProcess; store?: Server; api?: Server } = {};
  const arrived: Sent[] = [];

  after(() => {
    running.collector?.kill();
    running.store?.close();
    running.api?.closeAllConnections();
    running.api?.close();
  });

  it("have the names of the service and the pod that they are about, and are masked", async () => {
    const owner = { apiVersion: "apps/v1", kind: "ReplicaSet", name: "till-6d5f7c9b4", uid: "2", controller: true };
    const metadata = {
      ...{ name: "till-6d5f7c9b4-x2x4z", namespace: "shop", uid: "pod-uid", resourceVersion: "1" },
      ...{ creationTimestamp: "2026-01-01T00:00:00Z", labels: { "pod-template-hash": "6d5f7c9b4" } },
      ownerReferences: [owner],
    };
    const spec = { nodeName: "node", containers: [{ name: "till", image: "till:1" }] };
    const pods = objectList("Pod", [{ metadata, spec, status: { phase: "Running", podIP: "10.42.0.17" } }]);
    const { server: api, url } = await serveObjects((asked) => (asked === "/api/v1/pods" ? pods : undefined));
    running.api = api;
    running.store = createServer((request, response) => {
      let body = "";
      request.on("data", (piece: Buffer) => (body += piece.toString()));
      request.on("end", () => {
        arrived.push(JSON.parse(body) as Sent);
        response.end("{}");
      });
    }).listen(sink, "127.0.0.1");
    await startCollector(url);
    const resourceLogs = [
      event("Pod", metadata.name, metadata.uid, "Back-off pulling https://shop:harmless@example.org/till"),
      event("Pod", "gone-1", "gone-uid", "Stopping container"),
      event("Deployment", "till", "3", "Scaled up"),
      event("Node", "node-7", "4", "Not ready"),
    ];
    await fetch(`http://127.0.0.1:${otlp}/v1/logs`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ resourceLogs }),
    });
    await eventually(() => {
      assert.equal(arrived.flatMap(({ resourceLogs: all }) => all).length, 4);
      return Promise.resolve();
    }, 30_000);
    const found = arrived
      .flatMap(({ resourceLogs: all }) => all)
      .map(({ resource, scopeLogs }) => {
        const of = (name: string) => resource.attributes.find(({ key }) => key === name)?.value.stringValue;
        const record = scopeLogs[0]?.logRecords[0];
        assert.deepEqual(record?.attributes, [text("event.reason", "BackOff")]);
        return [
          ...["k8s.namespace.name", "service.name", "k8s.deployment.name", "k8s.pod.name", "k8s.node.name"].map(of),
          (record.body as { stringValue: string }).stringValue,
        ];
      });
    assert.deepEqual(found, [
      ["shop", "till", "till", metadata.name, "node", "Back-off pulling https://shop:[masked]@example.org/till"],
      ["shop", undefined, undefined, "gone-1", "", "Stopping container"],
      ["shop", "till", "till", undefined, "", "Scaled up"],
      ["shop", undefined, undefined, undefined, "node-7", "Not ready"],
    ]);
  });

  /** The stack's own Collector, with OTLP in the receiver's place. */
  async function startCollector(api: string): Promise<void> {
    const settings = parseSettings({ logs: '{"kubernetesEvents":true}' });
    const spec = collectorSpec({
      settings,
      jaegerEndpoint: "jaeger-collector.observability.svc:4317",
      logs: logsTarget(settings),
    });
    const object = { metadata: { name: resources.collector, namespace: namespaces.observability }, spec };
    const { processors = {}, service } = byKubeconfig(loopbackCollector(object, userPorts.collector, userPorts));
    const chain = service.pipelines["logs/events"]?.processors ?? [];
    const config = {
      receivers: { otlp: { protocols: { http: { endpoint: `127.0.0.1:${otlp}` } } } },
      processors: Object.fromEntries(chain.map((id) => [id, processors[id]])),
      exporters: {
        [logsExporterId]: { endpoint: `http://127.0.0.1:${sink}`, encoding: "json", compression: "none" },
      },
      service: {
        telemetry: { metrics: { level: "none" } },
        pipelines: { logs: { receivers: ["otlp"], processors: chain, exporters: [logsExporterId] } },
      },
    };
    const file = (name: string) => path.join(folder(), name);
    mkdirSync(folder(), { recursive: true });
    writeFileSync(file("collector.yaml"), dump(config, { lineWidth: -1 }));
    writeFileSync(file("kubeconfig"), dump(kubeconfig(api)));
    const { otelcol } = await ensureTools(["otelcol"], sandboxPaths(), createReport());
    const output = openSync(file("log"), "w");
    running.collector = spawn(otelcol, ["--config", file("collector.yaml")], {
      stdio: ["ignore", output, output],
      env: { ...process.env, KUBECONFIG: file("kubeconfig") },
    });
    await eventually(async () => {
      await fetch(`http://127.0.0.1:${otlp}`);
    }, 60_000);
  }
});
