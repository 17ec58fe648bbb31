import { execFile } from "node:child_process";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { ArtifactError } from "../artifactError.ts";
import type { DownloadOptions } from "../download.ts";
import { downloadFile } from "../downloadFile.ts";
import { fileSha256 } from "../files.ts";
import { blobUrl } from "../images/imageUrl.ts";
import { readManifest } from "../images/manifest.ts";
import { anonymously, checkDigest } from "../registry.ts";
import type { LayerRelease } from "./releases.ts";

/**
 * Finds the layer of an image that has a program: the last one wins, as in a container.
 *
 * @param folder for the layers, which are read one after the other
 * @returns the layer's SHA-256
 * @throws ArtifactError in one line when there is none, or the registry does not answer what it announced
 */
export async function layerWith(
  { image, platform, member }: LayerRelease,
  folder: string,
  options: DownloadOptions,
): Promise<string> {
  const system = `${platform.os}/${platform.arch}`;
  const { manifest: list } = await readManifest(image, options);
  const own = list.manifests?.find((each) => `${each.platform?.os}/${each.platform?.architecture}` === system);
  if (own === undefined) throw new ArtifactError(`${image} is not released for ${system}`);
  const { layers = [] } = (await readManifest(image, options, own.digest)).manifest;
  const packed = layers.filter(({ mediaType }) => mediaType.endsWith("gzip"));
  for (const { digest } of packed.reverse()) {
    const checksum = digest.replace("sha256:", "");
    const url = blobUrl(image, checksum);
    const file = join(folder, "layer");
    await rm(file, { force: true });
    const isThere = await downloadFile(url, file, anonymously(url, options));
    checkDigest(isThere ? await fileSha256(file) : "", digest, url);
    if ((await membersOf(file)).includes(member)) return checksum;
  }
  throw new ArtifactError(`no layer of ${image} for ${system} has ${member}`);
}

async function membersOf(archive: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)("tar", ["-tzf", archive], { maxBuffer: 2 ** 26 });
  return stdout.split("\n");
}
