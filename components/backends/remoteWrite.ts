import type { RemoteWriteSpec } from "../customResources/prometheus.ts";
import type { Settings } from "../../settings/read.ts";
import { caKey } from "../tls/tlsFiles.ts";

/** What Prometheus is told of a store elsewhere: credentials are keys of a Secret, never values. */
export function remoteWrite({
  url,
  basicAuthSecret,
  tokenSecret,
  caSecret,
}: Settings["prometheus"]["remoteWrite"][number]): RemoteWriteSpec {
  return {
    url,
    sendExemplars: true,
    ...(basicAuthSecret === ""
      ? {}
      : {
          basicAuth: {
            username: { name: basicAuthSecret, key: "username" },
            password: { name: basicAuthSecret, key: "password" },
          },
        }),
    ...(tokenSecret === "" ? {} : { authorization: { credentials: { name: tokenSecret, key: "token" } } }),
    ...(caSecret === "" ? {} : { tlsConfig: { ca: { secret: { name: caSecret, key: caKey } } } }),
  };
}
