import path from "node:path";
import { ordersApi as inCluster } from "../../stacks/team-api/ordersApi.ts";
import { packagesMountPath } from "./injection.ts";
import { localEnvironment } from "./localEnvironment.ts";
import type { TeamApiObjects } from "./liveObjects.ts";
import { localFolders } from "./mountedFolders.ts";
import type { ProgramInputs } from "./programs.ts";
import type { Program } from "../../cli/daemons/program.ts";

/**
 * The second team's API as its image runs it, with the environment that the operator would inject into its pod.
 *
 * @param packages folder of what the operator's init container would copy for Node.js
 */
export function ordersApi(
  { objects, ports, project, folder }: Pick<ProgramInputs, "objects" | "ports" | "project" | "folder">,
  api: TeamApiObjects,
  packages: string,
): Program {
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
