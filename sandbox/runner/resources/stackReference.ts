import * as pulumi from "@pulumi/pulumi";
import { UserError } from "../../errors.ts";
import { readSecretOutputs } from "../secretOutputs.ts";
import type { Handler } from "../step.ts";

/** Another stack's outputs, from what its last `up` in this sandbox saved. */
export const stackReferenceHandler: Handler = {
  identity: () => undefined,
  apply: async (step, world) => {
    // "organization/project/stack"; a sandbox has no organizations.
    const [stack, project] = (step.id ?? "").split("/").reverse();
    if (stack === undefined || project === undefined) {
      throw new UserError(`stack reference "${String(step.id)}": must be organization/project/stack`);
    }
    const outputs = world.outputsOf(project, stack);
    if (Object.keys(outputs).length === 0) {
      throw new UserError(`stack ${project}/${stack} has no outputs in this sandbox: run "up" for it first`);
    }
    const secrets = await readSecretOutputs(world.client, project, stack);
    const secretNames = Object.keys(secrets);
    const marked = secretNames.map((name) => [name, pulumi.secret(secrets[name])] as const);
    return {
      outcome: "read",
      changes: [],
      id: String(step.id),
      outputs: {
        ...step.inputs,
        outputs: { ...outputs, ...Object.fromEntries(marked) },
        secretOutputNames: secretNames,
      },
    };
  },
};
