import * as Enums from "@cyclonedx/cyclonedx-library/Enums";
import * as Models from "@cyclonedx/cyclonedx-library/Models";
import * as Serialize from "@cyclonedx/cyclonedx-library/Serialize";
import * as Spec from "@cyclonedx/cyclonedx-library/Spec";
import { goComponent, imageComponent } from "./components.ts";
import type { GoModuleVersion } from "./goModules.ts";

/** What npm says of the packages: a bill of its own. */
export interface NpmBill {
  readonly components: readonly object[];
  /** Which package needs which. */
  readonly dependencies: readonly object[];
}

/** What this project is made of and installs. */
export interface Materials {
  readonly version: string;
  readonly npm: NpmBill;
  /** One may be named several times. */
  readonly goModules: readonly GoModuleVersion[];
  readonly images: readonly string[];
}

/**
 * The bill of materials as CycloneDX 1.5 in JSON, the version of npm's own part. It has neither a time nor a serial number: the same
 * materials make the same text.
 */
export function billOfMaterials({ version, npm, goModules, images }: Materials): string {
  const project = new Models.Component(Enums.ComponentType.Application, "fluffy-observability", {
    // As npm refers to it.
    ...{ version, bomRef: `fluffy-observability@${version}` },
  });
  const bom = new Models.Bom({ metadata: new Models.Metadata({ component: project }) });
  const own = [...new Map(goModules.map((module) => [`${module.path} ${module.version}`, module])).values()].map(
    goComponent,
  );
  for (const component of [...own, ...images.map(imageComponent)]) bom.components.add(component);
  const normalizer = new Serialize.JSON.Normalize.Factory(Spec.Spec1dot5);
  const bill = JSON.parse(new Serialize.JsonSerializer(normalizer).serialize(bom, { sortLists: true })) as NpmBill;
  const components = [...npm.components, ...bill.components];
  return `${JSON.stringify({ ...bill, components, dependencies: npm.dependencies }, undefined, 2)}\n`;
}
