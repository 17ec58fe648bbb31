import path from "node:path";
import { ordersApi as inCluster } from "../../stacks/team-api/ordersApi.ts";
import { packagesMountPath } from "./injection.ts";
import { localEnvironment } from "./localEnvironment.ts";
import type { LiveObjects, TeamApiObjects } from "./liveObjects.ts";
import type { LocalPorts } from "./loopback.ts";
import { localFolders } from "./mountedFolders.ts";
import type { Program } from "../processes/program.ts";

/** What the second team's API is started from. */
export interface OrdersApiInputs {
  objects: Pick<LiveObjects, "instrumentation">;
  ordersApi: TeamApiObjects;
  ports: LocalPorts;
  /** Folder of what the operator's init container would copy for Node.js. */
  packages: string;
  /** Folder of the project. */
  project: string;
  /** State folder of the telemetry programs. */
  folder: string;
}

/** The second team's API as its image runs it, with the environment that the operator would inject into its pod. */
export function ordersApi({ objects, ordersApi: api, ports, packages, project, folder }: OrdersApiInputs): Program {
  const url = `http://127.0.0.1:${ports.ordersApi}`;
  const { files, places } = localFolders(api.mounted, inCluster.name, folder);
  return {
    name: inCluster.name,
    command: process.execPath,
    args: ["main.js"],
    env: {
      NODE_ENV: "production",
      ...localEnvironment({
        language: "nodejs",
        instrumentation: objects.instrumentation,
        deployment: api.deployment,
        ports,
        places: { ...places, [packagesMountPath("nodejs", inCluster.name)]: packages },
      }),
      HOST: "127.0.0.1",
      PORT: String(ports.ordersApi),
    },
    cwd: path.join(project, "apps/orders-api"),
    files,
    ports: [ports.ordersApi],
    ready: [`${url}/healthz`],
    url,
  };
}
