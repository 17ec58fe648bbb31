import path from "node:path";
import { ports as clusterPorts } from "../../catalog/names.ts";
import { defaultFirstPort, type SandboxPaths } from "../paths.ts";
import { type LocalPorts, localPort, portsFrom, userPorts } from "./loopback.ts";
import { programStatus } from "../../cli/daemons/startPrograms.ts";

/** The cluster's ports end here; a second sandbox has the telemetry's right after them. */
const CLUSTER_PORTS = 10;

/** The state folder of a sandbox's telemetry programs. */
export function telemetryFolder(paths: SandboxPaths): string {
  return path.join(paths.state, "telemetry");
}

/** The ports of a sandbox's telemetry programs: those that users know, unless `--port` moved the sandbox. */
export function telemetryPorts(paths: SandboxPaths): LocalPorts {
  return paths.firstPort === defaultFirstPort ? userPorts : portsFrom(paths.firstPort + CLUSTER_PORTS);
}

/** Whether a program runs among them, such as the second team's API or a store of logs. */
export function runsTelemetry(paths: SandboxPaths, program: string): boolean {
  return programStatus(telemetryFolder(paths)).some(({ name, running }) => running && name === program);
}

/** Base URLs of the programs that people and other programs talk to. */
export function telemetryUrls(local: LocalPorts) {
  const url = (port: number) => `http://127.0.0.1:${port}`;
  return {
    app: url(local.app),
    upstream: url(local.upstream),
    ordersApi: url(local.ordersApi),
    jaeger: url(localPort(local.jaeger, clusterPorts.jaegerQuery)),
    prometheus: url(local.prometheus),
    alertmanager: url(local.alertmanager),
    logs: url(local.logs),
  };
}
