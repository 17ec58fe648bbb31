import { join } from "node:path";
import { readFile } from "node:fs/promises";
import { dump } from "js-yaml";
import { readIfThere, sha256, writeFileAtomically } from "../../../artifacts/files.ts";
import { pack } from "../../../artifacts/tarball.ts";
import { bundleKey } from "../../../artifacts/artifact.ts";
import { type ManifestObject, formatManifest } from "../../../artifacts/manifests/manifest.ts";
import { bundles, charts, type ChartSpec } from "../../../catalog/versions.ts";
import { certManager, certManagerCrds, startUpCheck } from "./certManager.ts";
import { grafanaOperator, grafanaOperatorCrds } from "./grafanaOperator.ts";
import { jaegerOperator } from "./jaegerOperator.ts";
import { metricsServer } from "./metricsServer.ts";
import { openTelemetryOperator } from "./openTelemetryOperator.ts";
import { prometheusOperator } from "./prometheusOperator.ts";

const bundleObjects: Record<keyof typeof bundles, () => ManifestObject[]> = {
  prometheusOperator,
  openTelemetryOperator,
  jaegerOperator,
  grafanaOperatorCrds,
  metricsServer,
};

/** In a chart's files, what the release's namespace is put in for. */
const releaseNamespace = "release-namespace";

const printFile = (path: string) => `{{ .Files.Get ${path} | replace "${releaseNamespace}" .Release.Namespace }}\n`;

/** Files of each chart, besides its Chart.yaml. */
const chartFiles: Record<keyof typeof charts, () => Record<string, string>> = {
  certManager: () => ({
    // The defaults of upstream's chart.
    "values.yaml": dump({ crds: { enabled: false }, startupapicheck: { enabled: true } }),
    "files/crds.yaml": formatManifest(certManagerCrds()),
    "files/objects.yaml": formatManifest(certManager(releaseNamespace)),
    "files/check.yaml": formatManifest([startUpCheck(releaseNamespace)]),
    "templates/crds.yaml": whenEnabled("crds", `"files/crds.yaml"`),
    "templates/objects.yaml": printFile(`"files/objects.yaml"`),
    "templates/check.yaml": whenEnabled("startupapicheck", `"files/check.yaml"`),
  }),
  grafanaOperator: () => ({
    "files/objects.yaml": formatManifest(grafanaOperator(releaseNamespace)),
    "templates/objects.yaml": printFile(`"files/objects.yaml"`),
  }),
};

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

function whenEnabled(value: string, path: string): string {
  return `{{ if .Values.${value}.enabled }}${printFile(path).trimEnd()}{{ end }}\n`;
}

async function writeIfChanged(file: string, content: Buffer): Promise<void> {
  const before = await readIfThere(() => readFile(file));
  if (before?.equals(content) !== true) await writeFileAtomically(file, content);
}
