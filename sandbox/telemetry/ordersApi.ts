import path from "node:path";
import { ordersApi as inCluster } from "../../stacks/team-api/ordersApi.ts";
import { localEnvironment } from "./localEnvironment.ts";
import type { LiveObjects, TeamApiObjects } from "./liveObjects.ts";
import type { LocalPorts } from "./loopback.ts";
import type { Program } from "./program.ts";

/** What the second team's API is started from. */
export interface OrdersApiInputs {
  objects: Pick<LiveObjects, "instrumentation">;
  ordersApi: TeamApiObjects;
  ports: LocalPorts;
  /** Folder of what the operator's init container would copy for Node.js. */
  packages: string;
  /** Folder of the project. */
  project: string;
}

/** The second team's API as its image runs it, with the environment that the operator would inject into its pod. */
export function ordersApi({ objects, ordersApi: api, ports, packages, project }: OrdersApiInputs): Program {
  const url = `http://127.0.0.1:${ports.ordersApi}`;
  return {
    name: inCluster.name,
    command: process.execPath,
    args: ["main.js"],
    env: {
      NODE_ENV: "production",
      ...localEnvironment("nodejs", objects.instrumentation, api.deployment, ports, packages),
      HOST: "127.0.0.1",
      PORT: String(ports.ordersApi),
    },
    cwd: path.join(project, "apps/orders-api"),
    files: {},
    ports: [ports.ordersApi],
    ready: [`${url}/healthz`],
    url,
  };
}
