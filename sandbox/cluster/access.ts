import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
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

/** Reads the keys that kwokctl made. */
export function readPki(folder: string, server: string): Access {
  const read = (name: string) => readFileSync(join(folder, name), "utf8");
  return { server, ca: read("ca.crt"), cert: read("admin.crt"), key: read("admin.key") };
}

/** Gives kwokctl keys to use: it makes new ones only where there are none. */
export function writePki(folder: string, { ca, cert, key }: Access): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries({ "ca.crt": ca, "admin.crt": cert, "admin.key": key })) {
    writeFileSync(join(folder, name), text, { mode: 0o600 });
  }
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
