import path from "node:path";
import { ports } from "../../catalog/names.ts";
import type { LiveObject } from "./liveObjects.ts";
import type { Program } from "../../cli/daemons/program.ts";
import { localVersion } from "./localVersion.ts";

/** `spec` of the StatefulSet of VictoriaLogs, as far as its program is concerned. */
export interface LogStoreSpec {
  template: { spec: { containers: { image: string; args: string[] }[] } };
}

/** What the store of logs is made from. */
export interface LogStoreInputs {
  readonly store: LiveObject<LogStoreSpec>;
  /** Path of the program. */
  readonly tool: string;
  readonly port: number;
  /** Folder of the project. */
  readonly project: string;
  /** State folder of the telemetry programs. */
  readonly folder: string;
}

/** Name of the program. */
export const logStoreProgram = "victoria-logs";

/** VictoriaLogs with the live object's arguments, on loopback and with a folder of this machine. */
export function victoriaLogs({ store, tool, port, project, folder }: LogStoreInputs): Program {
  const [container] = store.spec.template.spec.containers;
  const url = `http://127.0.0.1:${port}`;
  return {
    name: logStoreProgram,
    command: tool,
    args: localArgs(container?.args ?? [], path.join(folder, "victoria-logs"), port),
    env: {},
    files: {},
    ports: [port],
    ready: [`${url}/health`],
    url: `${url}/select/vmui`,
    versions: localVersion("victoria-logs", "VictoriaLogs", container?.image ?? "", project),
  };
}

/** The program's arguments, with a folder of this machine for its data, and a port of loopback. */
export function localArgs(args: readonly string[], data: string, port: number): string[] {
  const local: Readonly<Record<string, string>> = {
    "-storageDataPath": data,
    "-httpListenAddr": `127.0.0.1:${port}`,
  };
  // The address over TLS is without a certificate here.
  const plain = args.filter((arg) => !arg.startsWith("-tls") && !arg.endsWith(`:${ports.logsTls}`));
  return plain.map((arg) => {
    const [flag = ""] = arg.split("=");
    return local[flag] === undefined ? arg : `${flag}=${local[flag]}`;
  });
}
