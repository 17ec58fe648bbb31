import { join } from "node:path";
import { readFile } from "node:fs/promises";
import { dump } from "js-yaml";
import { readIfThere, sha256, writeFileAtomically } from "../files.ts";
import { pack } from "../tarball.ts";
import { bundleKey } from "../artifact.ts";
import { formatManifest } from "../manifests/manifest.ts";
import { bundles, charts, type ChartSpec } from "../../catalog/versions.ts";
import { bundleObjects } from "./bundles.ts";
import { chartFiles } from "./charts.ts";

/**
 * Writes stand-ins of all release artifacts as a mirror: for machines that can reach neither upstream nor a real mirror. They hold the
 * custom resource definitions, which take anything, and one Deployment for each operator, under upstream's names; nothing in them says how real operators behave. The same on every machine; what is there already stays.
 *
 * @param parent where its folder is made; the name tells the content, so that another version of the project writes another one
 * @returns its folder
 */
export async function writeStandInMirror(parent: string): Promise<string> {
  const files = standInFiles();
  const sums = Object.entries(files).map(([path, content]) => `${sha256(content)}  ${path}\n`);
  const folder = join(parent, `stand-ins-${sha256(sums.join("")).slice(0, 12)}`);
  await Promise.all(Object.entries(files).map(([path, content]) => writeIfChanged(join(folder, path), content)));
  // Last: until then the mirror is not complete.
  await writeIfChanged(join(folder, "SHA256SUMS"), Buffer.from(sums.join("")));
  return folder;
}

function standInFiles(): Record<string, Buffer> {
  const files: Record<string, Buffer> = {};
  for (const [key, objects] of Object.entries(bundleObjects)) {
    const spec = bundles[key as keyof typeof bundles];
    files[`bundles/${bundleKey(spec)}.yaml`] = Buffer.from(formatManifest(objects()));
  }
  for (const [key, content] of Object.entries(chartFiles)) {
    const { name, version }: ChartSpec = charts[key as keyof typeof charts];
    const chart = dump({ apiVersion: "v2", name, version, description: `A stand-in for ${name} ${version}.` });
    const inFolder = Object.entries({ "Chart.yaml": chart, ...content() }).map(([path, text]) => [
      `${name}/${path}`,
      text,
    ]);
    files[`charts/${name}-${version}.tgz`] = pack(Object.fromEntries(inFolder) as Record<string, string>);
  }
  return files;
}

async function writeIfChanged(file: string, content: Buffer): Promise<void> {
  const before = await readIfThere(() => readFile(file));
  if (before?.equals(content) !== true) await writeFileAtomically(file, content);
}
