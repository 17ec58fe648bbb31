import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bundleKey } from "../../artifacts/artifact.ts";
import { unpack } from "../../artifacts/tarball.ts";
import { parseManifest } from "../../artifacts/manifests/manifest.ts";
import { valuesAt } from "../../artifacts/manifests/objectPath.ts";
import { bundles, charts } from "../../catalog/versions.ts";

/** Schema of a CRD, as far as tests look into it. */
export interface CrdSchema {
  readonly [field: string]: unknown;
  readonly properties?: Readonly<Record<string, CrdSchema>>;
  readonly required?: readonly string[];
  readonly items?: CrdSchema;
  readonly additionalProperties?: CrdSchema;
}

/** A CustomResourceDefinition of a mirror. */
export interface MirroredCrd {
  readonly name: string;
  readonly group: string;
  readonly kind: string;
  readonly scope: string;
  readonly shortNames: unknown;
  readonly conversion: unknown;
  readonly versions: Readonly<Record<string, { readonly schema: CrdSchema; readonly subresources: unknown }>>;
}

/** All CRDs of a mirror in a folder, those of the cert-manager chart included. */
export function mirroredCrds(folder: string): MirroredCrd[] {
  const { name, version } = charts.certManager;
  const chart = unpack(readFileSync(join(folder, "charts", `${name}-${version}.tgz`)));
  const texts = [
    ...Object.values(bundles).map((spec) => readFileSync(join(folder, "bundles", `${bundleKey(spec)}.yaml`), "utf8")),
    ...["crds", "objects"].map((file) => String(chart?.[`${name}/files/${file}.yaml`] ?? "")),
  ];
  return texts
    .filter((text) => text.includes("kind: CustomResourceDefinition"))
    .flatMap((text) => crdsIn(text, folder));
}

/**
 * The CRDs of a release manifest.
 *
 * @param source how errors name the manifest
 */
export function crdsIn(text: string, source: string): MirroredCrd[] {
  return parseManifest(text, source)
    .filter(({ kind }) => kind === "CustomResourceDefinition")
    .map(({ metadata, spec }) => {
      const field = (...path: string[]) => valuesAt(spec, path)[0];
      return {
        name: metadata.name,
        group: String(field("group")),
        kind: String(field("names", "kind")),
        scope: String(field("scope")),
        shortNames: field("names", "shortNames"),
        conversion: field("conversion"),
        versions: Object.fromEntries(
          valuesAt(spec, ["versions", "*"]).map((version) => [
            String(valuesAt(version, ["name"])[0]),
            {
              schema: valuesAt(version, ["schema", "openAPIV3Schema"])[0] as CrdSchema,
              subresources: valuesAt(version, ["subresources"])[0],
            },
          ]),
        ),
      };
    });
}
