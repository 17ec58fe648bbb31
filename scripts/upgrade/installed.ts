import { join } from "node:path";
import { artifactsRequest } from "../../artifacts/request.ts";
import type { BundlePatches } from "../../artifacts/manifests/bundlePatches.ts";
import { errorLine, UserError } from "../../cli/errors.ts";
import { parseSettings } from "../../settings/read.ts";
import { readProject } from "../../settings/stackFile.ts";
import { checkSettings } from "../../stacks/checkSettings.ts";
import type { bundles } from "../../catalog/versions.ts";
import { goldenRuns } from "../../review/program/goldenRuns.ts";
import { programRun, stacks } from "../../review/program/runs.ts";
import { stackConfig } from "../../review/program/stackConfig.ts";
import { contentVariants, variants } from "../../review/program/variants.ts";
import type { CustomResource } from "./resourceErrors.ts";

const project = join(import.meta.dirname, "../..");

/**
 * Checks the settings of every stack that has golden files.
 *
 * @throws UserError in one line that names the stack
 */
export async function checkStacks(): Promise<void> {
  const all = [...stacks.map((stack) => ({ folder: ".", stack })), { folder: "stacks/team-api", stack: "dev" }];
  for (const { folder, stack } of all) {
    const read = readProject(join(project, folder), stack, { encrypted: "replace" });
    try {
      await checkSettings(read);
    } catch (error) {
      throw new UserError(`${join(folder, `Pulumi.${stack}.yaml`)}: ${errorLine(error)}`);
    }
  }
}

/** What is registered for every stack, team-api's too, and in every variant that tests know: no field that is set is forgotten. */
export async function registeredResources(): Promise<CustomResource[]> {
  const resources: CustomResource[] = [];
  for (const [stack, run] of goldenRuns) {
    const { registered } = await run();
    resources.push(...registered.map(({ label, inputs }) => ({ where: `stack ${stack}`, label, inputs })));
  }
  for (const [name, config] of Object.entries({ ...variants, ...contentVariants })) {
    const { registered } = await programRun(config);
    resources.push(...registered.map(({ label, inputs }) => ({ where: name, label, inputs })));
  }
  return resources;
}

/** How the stacks patch a release manifest; each way once. */
export function patchesOf(key: keyof typeof bundles): BundlePatches[] {
  const configs = [...stacks.map((stack) => stackConfig(stack)), { jaegerEngine: "operator" }];
  const patches = configs.flatMap((config) => artifactsRequest(parseSettings(config)).bundles[key]?.patches ?? []);
  return [...new Map(patches.map((each) => [JSON.stringify(each), each])).values()];
}
