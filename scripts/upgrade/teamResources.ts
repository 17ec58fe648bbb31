import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import * as pulumi from "@pulumi/pulumi";
import { readProject } from "../../sandbox/stackFile.ts";
import type { CustomResource } from "./resourceErrors.ts";

const folder = resolve(import.meta.dirname, "../../stacks/team-api");
const stack = "dev";
let runs = 0;

/**
 * What team-api registers beside a platform: fields that only it sets are fields of the platform's CRDs too. The SDK's mocks are global, so nothing
 * else may run on them meanwhile.
 *
 * @param platform outputs of the platform's stack
 * @throws what the program throws
 */
export async function teamResources(platform: Readonly<Record<string, unknown>>): Promise<CustomResource[]> {
  const { name: project, program, config } = readProject(folder, stack);
  const resources: CustomResource[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => {
        const given = inputs as Record<string, unknown>;
        const label = `${type.split(":").at(-1) ?? type} ${name}`;
        resources.push({ where: `stack ${stack} of ${project}`, label, inputs: given });
        const saved = type === "pulumi:pulumi:StackReference" ? { outputs: platform, secretOutputNames: [] } : {};
        return { id: `${name}-id`, state: { ...given, ...saved } };
      },
      call: ({ inputs }) => inputs as Record<string, unknown>,
    },
    project,
    stack,
  );
  pulumi.runtime.setAllConfig(config, []);
  // A query makes Node load the module anew, as each run of the CLI does.
  const url = `${pathToFileURL(program).href}?upgrade=${++runs}`;
  await pulumi.runtime.runInPulumiStack(async () => (await import(url)) as Record<string, unknown>);
  await pulumi.runtime.disconnect();
  return resources;
}
