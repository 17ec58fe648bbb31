import { splitImage } from "../catalog/imageRegistry.ts";
import { ArtifactError } from "./artifactError.ts";
import { type DownloadOptions, download } from "./download.ts";
import { sha256 } from "./files.ts";
import { anonymously, registryApi } from "./registry.ts";

/** Lists of an image's platforms before the image of one: a node of any platform then pulls by the same digest. */
const manifestTypes = [
  ...["application/vnd.oci.image.index.v1+json", "application/vnd.docker.distribution.manifest.list.v2+json"],
  ...["application/vnd.oci.image.manifest.v1+json", "application/vnd.docker.distribution.manifest.v2+json"],
].join(", ");

/** Where Docker Hub's API is. */
const dockerHub = "registry-1.docker.io";

/** URL of an image's manifest. Without a host an image is Docker Hub's, and without a folder one of its own. */
export function manifestUrl(image: string): string {
  const [, name = image, tag = "latest"] = /^(.+):([^/:]+)$/.exec(image) ?? [];
  const { host = "docker.io", path } = splitImage(name);
  if (host !== "docker.io") return `${registryApi(host)}${path}/manifests/${tag}`;
  return `${registryApi(dockerHub)}${path.includes("/") ? path : `library/${path}`}/manifests/${tag}`;
}

/**
 * The digest of an image, of what its registry answers and not of what that says of it.
 *
 * @param image with a tag, such as `quay.io/prometheus/prometheus:v3.13.1`
 * @returns SHA-256 of its manifest
 * @throws ArtifactError in one line when it cannot be had
 */
export async function imageDigest(image: string, options: DownloadOptions = {}): Promise<string> {
  const url = manifestUrl(image);
  const manifest = await download(url, { ...anonymously(options), accept: manifestTypes });
  if (manifest === undefined) throw new ArtifactError(`there is no ${image}: check the version`);
  return sha256(manifest);
}
