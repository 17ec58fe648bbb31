import path from "node:path";
import { dump } from "js-yaml";
import { ports } from "../../catalog/names.ts";
import { type PortMap, localPort } from "../../sandbox/telemetry/loopback.ts";
import type { Program } from "../../cli/daemons/program.ts";

/**
 * Takes Jaeger's place: a backend that costs as little as possible.
 *
 * @param command the collector's program
 * @param folder state folder of the programs
 * @param jaeger Jaeger's ports on this machine
 */
export function sinkProgram(command: string, folder: string, jaeger: PortMap): Program {
  const self = localPort(jaeger, ports.collectorSelf);
  const prometheus = { host: "127.0.0.1", port: self, without_type_suffix: false };
  const config = {
    receivers: { otlp: { protocols: { grpc: { endpoint: `127.0.0.1:${localPort(jaeger, ports.otlpGrpc)}` } } } },
    exporters: { debug: { verbosity: "basic", sampling_initial: 1, sampling_thereafter: 1_000_000 } },
    service: {
      telemetry: { metrics: { readers: [{ pull: { exporter: { prometheus } } }] } },
      pipelines: { traces: { receivers: ["otlp"], exporters: ["debug"] } },
    },
  };
  const url = `http://127.0.0.1:${self}`;
  return {
    name: "sink",
    command,
    args: ["--config", path.join(folder, "sink.yaml")],
    env: {},
    files: { "sink.yaml": dump(config) },
    ports: [],
    ready: [`${url}/metrics`],
    url,
  };
}
