import { artifactsRequest } from "../../components/platformArtifacts.ts";
import type { BundlePatches } from "../../components/operators/bundlePatches.ts";
import { parseSettings } from "../../components/settings.ts";
import type { bundles } from "../../components/versions.ts";
import { programRun, stackConfig, stackRun, stacks } from "../../tests/support/runs.ts";
import { contentVariants, variants } from "../../tests/support/variants.ts";
import type { CustomResource } from "./resourceErrors.ts";
import { teamResources } from "./teamResources.ts";

/**
 * What the program registers for every stack and in every variant that tests know, and team-api beside it, so that no field that is set is
 * forgotten.
 */
export async function registeredResources(): Promise<CustomResource[]> {
  const resources: CustomResource[] = [];
  for (const stack of stacks) {
    const { registered } = await stackRun(stack);
    resources.push(...registered.map(({ label, inputs }) => ({ where: `stack ${stack}`, label, inputs })));
  }
  for (const [name, config] of Object.entries({ ...variants, ...contentVariants })) {
    const { registered } = await programRun(config);
    resources.push(...registered.map(({ label, inputs }) => ({ where: name, label, inputs })));
  }
  const { outputs } = await stackRun("dev");
  return [...resources, ...(await teamResources(outputs))];
}

/** How the stacks patch a release manifest; each way once. */
export function patchesOf(key: keyof typeof bundles): BundlePatches[] {
  const configs = [...stacks.map(stackConfig), { jaegerEngine: "operator" }];
  const patches = configs.flatMap((config) => artifactsRequest(parseSettings(config)).bundles[key]?.patches ?? []);
  return [...new Map(patches.map((each) => [JSON.stringify(each), each])).values()];
}
