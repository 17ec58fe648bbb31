import { splitImage } from "../../catalog/imageRegistry.ts";
import { registryApi } from "../registry.ts";

/** Where Docker Hub's API is. */
const dockerHub = "registry-1.docker.io";

/**
 * URL of an image's manifest.
 *
 * @param image with a tag. Without a host it is Docker Hub's, and without a folder one of its own
 * @param reference a digest. @default the image's tag
 */
export function manifestUrl(image: string, reference = split(image).tag): string {
  return `${repositoryUrl(image)}/manifests/${reference}`;
}

/** URL of a layer of an image. @param checksum SHA-256 of the layer */
export function blobUrl(image: string, checksum: string): string {
  return `${repositoryUrl(image)}/blobs/sha256:${checksum}`;
}

function repositoryUrl(image: string): string {
  const { host = "docker.io", path } = splitImage(split(image).name);
  if (host !== "docker.io") return `${registryApi(host)}${path}`;
  return `${registryApi(dockerHub)}${path.includes("/") ? path : `library/${path}`}`;
}

function split(image: string): { name: string; tag: string } {
  const [, name = image, tag = "latest"] = /^(.+):([^/:]+)$/.exec(image) ?? [];
  return { name, tag };
}
