import { gunzipSync } from "node:zlib";
import type { KubeClient, KubeObject } from "../kube/client.ts";

/** What Helm has written down about one revision of a release. */
export interface ReleaseRecord {
  revision: number;
  /** e.g. "deployed", "failed", "pending-install". */
  status: string;
  /** The chart's content, as this runner labelled it; empty when something else installed it. */
  digest: string;
  chart: { name: string; version: string; appVersion: string };
  /** The values that were given, without the chart's own. */
  values: Record<string, unknown>;
  /** All objects, as YAML documents. */
  manifest: string;
}

/** Label of a record's Secret that identifies the content of the chart. */
export const DIGEST_LABEL = "fluffy-sandbox/chart";

/** All revisions of a release that Helm still knows, oldest first. */
export async function readRecords(client: KubeClient, namespace: string, name: string): Promise<ReleaseRecord[]> {
  const secrets = await client.list("v1", "Secret", namespace, `owner=helm,name=${name}`);
  return secrets.map(decodeRecord).sort((one, other) => one.revision - other.revision);
}

interface HelmRelease {
  version: number;
  info: { status: string };
  chart: { metadata: { name: string; version: string; appVersion?: string } };
  config?: Record<string, unknown> | null;
  manifest?: string;
}

/** Reads a record: JSON, compressed, in base64, and once more in base64 as the value of a Secret. */
export function decodeRecord(secret: KubeObject): ReleaseRecord {
  const { release = "" } = (secret.data ?? {}) as { release?: string };
  const compressed = Buffer.from(Buffer.from(release, "base64").toString("utf8"), "base64");
  const decoded = JSON.parse(gunzipSync(compressed).toString("utf8")) as HelmRelease;
  const { name, version, appVersion = "" } = decoded.chart.metadata;
  return {
    revision: decoded.version,
    status: decoded.info.status,
    digest: secret.metadata.labels?.[DIGEST_LABEL] ?? "",
    chart: { name, version, appVersion },
    values: decoded.config ?? {},
    manifest: decoded.manifest ?? "",
  };
}
