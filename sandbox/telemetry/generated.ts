import { gunzipSync } from "node:zlib";
import { UserError } from "../../cli/errors.ts";
import type { KubeClient } from "../cluster/api/client.ts";

/** What the Prometheus operator makes out of the objects that are for it. */

/** Name and namespace of a Prometheus or Alertmanager. */
interface Server {
  name: string;
  namespace: string;
}

/** The rule files of a Prometheus, all its PrometheusRules merged: their text by file name. */
export async function readRuleFiles(
  client: Pick<KubeClient, "list">,
  { name, namespace }: Server,
): Promise<Record<string, string>> {
  const maps = await client.list("v1", "ConfigMap", namespace, `prometheus-name=${name}`);
  return Object.assign({}, ...maps.map(({ data }) => data)) as Record<string, string>;
}

/**
 * The configuration of an Alertmanager, as YAML. What receivers refer to is in it: it is secret.
 *
 * @throws UserError when there is none; the message says what to do.
 */
export async function readAlertmanagerConfig(
  client: Pick<KubeClient, "get">,
  { name, namespace }: Server,
): Promise<string> {
  const secret = await client.get({
    ...{ apiVersion: "v1", kind: "Secret" },
    ...{ name: `alertmanager-${name}-generated`, namespace },
  });
  const encoded = (secret?.data as Record<string, string> | undefined)?.["alertmanager.yaml.gz"];
  if (encoded === undefined) {
    const what = `Alertmanager "${namespace}/${name}"`;
    throw new UserError(`the operator has made no configuration for ${what}: run "npm run sandbox -- up" first`);
  }
  return gunzipSync(Buffer.from(encoded, "base64")).toString("utf8");
}
