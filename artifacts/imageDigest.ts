import { splitImage } from "../catalog/imageRegistry.ts";
import { ArtifactError } from "./artifactError.ts";
import { type DownloadOptions, download } from "./download.ts";
import { sha256 } from "./files.ts";
import { jsonOf } from "./parsed.ts";
import { anonymously, registryApi } from "./registry.ts";

/** Lists of an image's platforms before the image of one: a node of any platform then pulls by the same digest. */
const manifestTypes = [
  ...["application/vnd.oci.image.index.v1+json", "application/vnd.docker.distribution.manifest.list.v2+json"],
  ...["application/vnd.oci.image.manifest.v1+json", "application/vnd.docker.distribution.manifest.v2+json"],
].join(", ");

/** What the configuration of an image is, by its media type. */
const imageConfigs = ["application/vnd.oci.image.config.v1+json", "application/vnd.docker.container.image.v1+json"];

/** Where Docker Hub's API is. */
const dockerHub = "registry-1.docker.io";

/** URL of an image's manifest. Without a host an image is Docker Hub's, and without a folder one of its own. */
export function manifestUrl(image: string): string {
  const [, name = image, tag = "latest"] = /^(.+):([^/:]+)$/.exec(image) ?? [];
  const { host = "docker.io", path } = splitImage(name);
  if (host !== "docker.io") return `${registryApi(host)}${path}/manifests/${tag}`;
  return `${registryApi(dockerHub)}${path.includes("/") ? path : `library/${path}`}/manifests/${tag}`;
}

/** Whether it is what registries have of an image: a list of its platforms, or the image of one. */
function isManifest(answer: unknown): boolean {
  const { schemaVersion, manifests, config, layers } = (answer ?? {}) as Readonly<Record<string, unknown>>;
  if (schemaVersion !== 2) return false;
  if (Array.isArray(manifests)) return manifests.length > 0;
  // A chart has a manifest too.
  const { mediaType } = (config ?? {}) as { mediaType?: unknown };
  return Array.isArray(layers) && typeof mediaType === "string" && imageConfigs.includes(mediaType);
}

/**
 * The digest of an image, of what its registry answers and not of what that says of it.
 *
 * @param image with a tag, such as `quay.io/prometheus/prometheus:v3.13.1`
 * @returns SHA-256 of its manifest
 * @throws ArtifactError in one line when it cannot be had, or something else answers, such as the page of a proxy
 */
export async function imageDigest(image: string, options: DownloadOptions = {}): Promise<string> {
  const url = manifestUrl(image);
  const manifest = await download(url, { ...anonymously(url, options), accept: manifestTypes });
  if (manifest === undefined) throw new ArtifactError(`there is no ${image}: check the version`);
  if (!isManifest(jsonOf(manifest, url)))
    throw new ArtifactError(`${url} is no manifest of an image: who has answered?`);
  return sha256(manifest);
}
