import { ArtifactError } from "../artifactError.ts";
import { type DownloadOptions, download } from "../download.ts";
import { sha256 } from "../files.ts";
import { jsonOf } from "../parsed.ts";
import { anonymously, checkDigest } from "../registry.ts";
import { manifestUrl } from "./imageUrl.ts";

/** Lists of an image's platforms before the image of one: a node of any platform then pulls by the same digest. */
const manifestTypes = [
  ...["application/vnd.oci.image.index.v1+json", "application/vnd.docker.distribution.manifest.list.v2+json"],
  ...["application/vnd.oci.image.manifest.v1+json", "application/vnd.docker.distribution.manifest.v2+json"],
].join(", ");

/** What the configuration of an image is, by its media type. */
const imageConfigs = ["application/vnd.oci.image.config.v1+json", "application/vnd.docker.container.image.v1+json"];

/** What registries have of an image: a list of its platforms, or the layers of one. */
export interface Manifest {
  readonly schemaVersion: 2;
  readonly manifests?: readonly { digest: string; platform?: { os: string; architecture: string } }[];
  readonly config?: { mediaType: string };
  readonly layers?: readonly { digest: string; mediaType: string }[];
}

function isManifest(answer: unknown): answer is Manifest {
  const { schemaVersion, manifests, config, layers } = (answer ?? {}) as Readonly<Record<string, unknown>>;
  if (schemaVersion !== 2) return false;
  if (Array.isArray(manifests)) return manifests.length > 0;
  // A chart has a manifest too.
  const { mediaType } = (config ?? {}) as { mediaType?: unknown };
  return Array.isArray(layers) && typeof mediaType === "string" && imageConfigs.includes(mediaType);
}

/**
 * Reads a manifest of an image.
 *
 * @param image with a tag, such as `quay.io/prometheus/prometheus:v3.13.1`
 * @param digest of the manifest of one of its platforms. @default what the tag names
 * @returns also its SHA-256, of what the registry answers and not of what that says of it
 * @throws ArtifactError in one line when it cannot be had, or something else answers, such as the page of a proxy
 */
export async function readManifest(
  image: string,
  options: DownloadOptions = {},
  digest?: string,
): Promise<{ manifest: Manifest; checksum: string }> {
  const url = manifestUrl(image, digest);
  const content = await download(url, { ...anonymously(url, options), accept: manifestTypes });
  if (content === undefined) throw new ArtifactError(`there is no ${image}: check the version`);
  const checksum = sha256(content);
  if (digest !== undefined) checkDigest(checksum, digest, url);
  const manifest = jsonOf(content, url);
  if (!isManifest(manifest)) throw new ArtifactError(`${url} is no manifest of an image: who has answered?`);
  return { manifest, checksum };
}
