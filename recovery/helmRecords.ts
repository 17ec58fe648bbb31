import { gunzipSync, gzipSync } from "node:zlib";
import { z } from "zod";

/** A Secret in which Helm has written down one revision of a release. */
export interface RecordSecret {
  metadata: { name: string; labels?: Record<string, string> };
  data?: { release?: string };
}

/** What one revision of a release is. */
export interface Revision {
  secret: RecordSecret;
  /** Counted from 1. */
  revision: number;
  /** e.g. "deployed", "failed", "pending-install". */
  status: string;
  description: string;
  chart: { name: string; version: string };
}

const gzipMagic = Buffer.from([0x1f, 0x8b]);

/** A record, as far as recovery goes by it. */
const helmRelease = z.looseObject({
  version: z.int(),
  info: z.looseObject({ status: z.string(), description: z.string().optional() }),
  chart: z.looseObject({ metadata: z.looseObject({ name: z.string(), version: z.string() }) }),
});

/**
 * The revisions of a release that Helm still knows, oldest first, and the names of the Secrets that cannot be read: anybody may label one as
 * Helm does.
 */
export function readRecords(secrets: readonly RecordSecret[]): { revisions: Revision[]; unreadable: string[] } {
  const revisions: Revision[] = [];
  const unreadable: string[] = [];
  for (const secret of secrets) {
    try {
      revisions.push(revisionOf(secret));
    } catch {
      unreadable.push(secret.metadata.name);
    }
  }
  return { revisions: revisions.sort((one, other) => one.revision - other.revision), unreadable };
}

function revisionOf(secret: RecordSecret): Revision {
  const { version, info, chart } = decode(secret);
  const { name, version: chartVersion } = chart.metadata;
  return {
    secret,
    revision: version,
    status: info.status,
    description: info.description ?? "",
    chart: { name, version: chartVersion },
  };
}

/**
 * The record of a revision with another status.
 *
 * @returns a patch for the Secret
 */
export function withStatus(secret: RecordSecret, status: "deployed" | "failed" | "superseded"): object {
  const release = decode(secret);
  release.info = { ...release.info, status };
  const text = gzipSync(JSON.stringify(release)).toString("base64");
  return { metadata: { labels: { status } }, data: { release: Buffer.from(text).toString("base64") } };
}

/** A record is JSON, compressed by all but the oldest Helm, in base64, and once more in base64 as the value of a Secret. */
function decode({ data }: RecordSecret): z.infer<typeof helmRelease> {
  const written = Buffer.from(Buffer.from(data?.release ?? "", "base64").toString("utf8"), "base64");
  const isCompressed = written.subarray(0, 2).equals(gzipMagic);
  return helmRelease.parse(JSON.parse((isCompressed ? gunzipSync(written) : written).toString("utf8")));
}
