import { images, instrumentationImages, operatorImages, replacedImages } from "./versions.ts";

/**
 * Where a site has an image: its registry takes the place of upstream's host.
 *
 * @param registry host with port and path, such as `registry.example.org/mirror`; "" is upstream
 */
export function imageIn(registry: string, image: string): string {
  if (registry === "") return image;
  const [host = "", ...path] = image.split("/");
  const hasHost = path.length > 0 && (/[.:]/.test(host) || host === "localhost");
  return `${registry}/${hasHost ? path.join("/") : image}`;
}

/** What an operator's release names, and where a site has it. */
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
