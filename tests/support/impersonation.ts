import { readFileSync } from "node:fs";
import https from "node:https";
import { dump, load } from "js-yaml";
import { readKubeconfig } from "../../sandbox/cluster/access.ts";
import { ApiError } from "../../sandbox/cluster/api/apiError.ts";
import type { Transport } from "../../sandbox/cluster/api/transport.ts";

/**
 * A transport that acts as somebody else, as `kubectl --as` does. Only for the kubeconfig of a cluster that tests have made.
 *
 * @param user name of the user; the roles that are bound to it decide
 */
export function actingAs(user: string, kubeconfig: string): Transport {
  const access = readKubeconfig(kubeconfig);
  if (access === undefined) throw new Error(`${kubeconfig} is not the kubeconfig of a test's cluster`);
  const { server, ca, cert, key } = access;
  return ({ method, path, body, contentType = "application/json", accept = "application/json" }) =>
    new Promise((resolve, reject) => {
      const headers = {
        accept,
        "content-type": contentType,
        "impersonate-user": user,
        "impersonate-group": "system:authenticated",
      };
      const call = https.request(`${server}${path}`, { ca, cert, key, method, headers }, (answer) => {
        let text = "";
        answer.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
        answer.on("error", reject);
        answer.on("end", () => {
          const status = answer.statusCode ?? 0;
          if (status < 200 || status > 299) reject(new ApiError(status, text));
          else resolve(text === "" ? undefined : JSON.parse(text));
        });
      });
      call.on("error", reject);
      call.end(body === undefined ? undefined : JSON.stringify(body));
    });
}

/** A kubeconfig with which a program has the rights of a user only. */
export function kubeconfigAs(user: string, kubeconfig: string): string {
  const config = load(readFileSync(kubeconfig, "utf8")) as { users: { user: Record<string, unknown> }[] };
  for (const each of config.users) Object.assign(each.user, { as: user, "as-groups": ["system:authenticated"] });
  return dump(config);
}

/** The same transport, whose changes the API server decides on and then forgets, as with `kubectl --dry-run=server`. */
export function dryRun(send: Transport): Transport {
  return (request) =>
    send(request.method === "GET" ? request : { ...request, path: `${request.path}${joint(request.path)}dryRun=All` });
}

function joint(path: string): "?" | "&" {
  return path.includes("?") ? "&" : "?";
}
