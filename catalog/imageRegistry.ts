import { imageDigests } from "./imageDigests.ts";
import { images, instrumentationImages, operatorImages, replacedImages } from "./versions.ts";

/**
 * How an image is pulled: by its digest where one is recorded, and from the site's registry, which takes the place of upstream's host.
 *
 * @param registry host with port and path, such as `registry.example.org/mirror`; "" is upstream
 * @param digests SHA-256 of images by their names
 */
export function imageIn(registry: string, image: string, digests = imageDigests): string {
  const digest = digests[image];
  const pinned = digest === undefined ? image : `${image}@sha256:${digest}`;
  return registry === "" ? pinned : `${registry}/${splitImage(pinned).path}`;
}

/** The registry that an image's name begins with, undefined for Docker Hub, and what follows it. */
export function splitImage(image: string): { host: string | undefined; path: string } {
  const [host = "", ...rest] = image.split("/");
  const hasHost = rest.length > 0 && (/[.:]/.test(host) || host === "localhost");
  return hasHost ? { host, path: rest.join("/") } : { host: undefined, path: image };
}

/** Whether images have other names than the operators' releases say. */
export function renamesImages(registry: string, digests = imageDigests): boolean {
  return registry !== "" || Object.keys(digests).length > 0;
}

/** A chart's values for one of its images: its digest, beside the chart's own tag, where one is recorded. */
export function chartDigest(image: string, digests = imageDigests): { image?: { digest: string } } {
  const digest = digests[image];
  return digest === undefined ? {} : { image: { digest: `sha256:${digest}` } };
}

/** What an operator's release names, and how it is pulled instead. */
export function operatorImagesIn(registry: string, operator: keyof typeof operatorImages): Record<string, string> {
  const upstream = new Map(Object.entries(replacedImages).map(([gone, image]) => [image, gone]));
  return Object.fromEntries(
    operatorImages[operator].map((image) => [upstream.get(image) ?? image, imageIn(registry, image)]),
  );
}

/** Every image that some settings ask for, under upstream's names, sorted: what a registry of a site has to hold. */
export function everyImage(): string[] {
  const own = [images, instrumentationImages].flatMap((table) => Object.values<string>(table));
  return [...new Set([...own, ...Object.values<readonly string[]>(operatorImages).flat()])].sort();
}
