import { readFileSync } from "node:fs";
import { request } from "node:https";
import { join } from "node:path";
import { dump, load } from "js-yaml";

/** What a client needs to talk to the cluster's API server; certificates and key in PEM. */
export interface Access {
  /** As `https://127.0.0.1:16440`. */
  server: string;
  ca: string;
  cert: string;
  key: string;
}

/** An answer of the API server; an error of its own making is an answer too. */
export interface Answer {
  status: number;
  body: string;
}

/** Reads the keys that kwokctl made. */
export function readPki(folder: string, server: string): Access {
  const read = (name: string) => readFileSync(join(folder, name), "utf8");
  return { server, ca: read("ca.crt"), cert: read("admin.crt"), key: read("admin.key") };
}

/** A kubeconfig that holds everything itself, so that it can be copied. */
export function formatKubeconfig(access: Access): string {
  const base64 = (text: string) => Buffer.from(text).toString("base64");
  const name = "sandbox";
  const cluster = { server: access.server, "certificate-authority-data": base64(access.ca) };
  const user = { "client-certificate-data": base64(access.cert), "client-key-data": base64(access.key) };
  return dump({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name, cluster }],
    users: [{ name, user }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    "current-context": name,
  });
}

/** The access in a kubeconfig of ours; `undefined` when there is no such file or it is not one of ours. */
export function readKubeconfig(file: string): Access | undefined {
  try {
    const config = load(readFileSync(file, "utf8")) as {
      clusters: [{ cluster: { server: string; "certificate-authority-data": string } }];
      users: [{ user: { "client-certificate-data": string; "client-key-data": string } }];
    };
    const text = (base64: string) => Buffer.from(base64, "base64").toString("utf8");
    const { cluster } = config.clusters[0];
    const { user } = config.users[0];
    return {
      server: cluster.server,
      ca: text(cluster["certificate-authority-data"]),
      cert: text(user["client-certificate-data"]),
      key: text(user["client-key-data"]),
    };
  } catch {
    return undefined;
  }
}

/** What a request may carry besides its path. */
export interface CallOptions {
  /** Sent as server-side apply. */
  body?: object;
  /** Media types wanted. @default JSON */
  accept?: string;
  /** In milliseconds. @default 5000 */
  timeout?: number;
}

/**
 * One request to the API server. Not by the Kubernetes client library: that takes more than a second to load, and all
 * that is needed here is to ask whether the cluster lives and to hand it a few objects.
 *
 * @throws when the API server cannot be reached or does not answer in time
 */
export function callApi(
  access: Access,
  method: "GET" | "PATCH" | "DELETE",
  path: string,
  { body, accept = "application/json", timeout = 5000 }: CallOptions = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const call = request(
      new URL(path, access.server),
      {
        method,
        ca: access.ca,
        cert: access.cert,
        key: access.key,
        headers: { accept, ...(body === undefined ? {} : { "content-type": "application/apply-patch+yaml" }) },
        signal: AbortSignal.timeout(timeout),
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString("utf8") });
        });
      },
    );
    call.on("error", reject);
    call.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
