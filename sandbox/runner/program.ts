import { pathToFileURL } from "node:url";
import * as pulumi from "@pulumi/pulumi";
import type { MockMonitor } from "@pulumi/pulumi/runtime/mocks.js";
import { UserError } from "../errors.ts";
import type { PulumiProject } from "../stackFile.ts";
import type { MarkedOutputs } from "./outputs.ts";
import { OptionsRecorder } from "./options.ts";
import { plainInputs } from "./values.ts";
import type { Step } from "./step.ts";

/** A resource that the program registers, before it has a step of its own to be shown. */
export interface Registration extends Omit<Step, "activity"> {
  /** "type name" of the component above it; empty at the top. */
  parent: string;
}

/** What the program gets back for a resource. */
export interface Registered {
  id: string;
  outputs: Record<string, unknown>;
}

const STACK_TYPE = "pulumi:pulumi:Stack";

/**
 * Runs the Pulumi program in this process, once: the SDK's mock monitor takes the place of the engine, and hands
 * resources over in dependency order, those that do not depend on each other at the same time.
 *
 * @param preview whether to run it as `pulumi preview` does
 * @param register applies one resource; components do not come here
 * @returns the program's outputs, secrets marked
 * @throws the first thing that went wrong.
 */
export async function runProgram(
  project: PulumiProject,
  stack: string,
  preview: boolean,
  register: (registration: Registration) => Promise<Registered>,
): Promise<MarkedOutputs> {
  const options = new OptionsRecorder();
  // One failure rejects the outputs of everything that depends on it: only the first one says something.
  let failure: Error | undefined;
  const fail = (error: unknown) => {
    failure ??= error instanceof Error ? error : new Error(String(error));
  };
  process.on("unhandledRejection", fail);
  const mocks: pulumi.runtime.Mocks = {
    newResource: async (args) => {
      if (args.custom === false) return { id: args.name, state: args.inputs as Record<string, unknown> };
      try {
        const { id, outputs } = await register(registrationOf(args, options));
        return { id, state: outputs };
      } catch (error) {
        fail(error);
        throw error;
      }
    },
    call: ({ token }) => {
      const error = new UserError(`the sandbox cannot call the provider's function ${token}`);
      fail(error);
      throw error;
    },
  };
  await pulumi.runtime.setMocks(mocks, project.name, stack, preview);
  pulumi.runtime.setAllConfig(project.config);
  process.chdir(project.folder);
  try {
    await pulumi.runtime.runInPulumiStack(async () => {
      pulumi.runtime.registerStackTransformation((args) => {
        options.record(args);
        return undefined;
      });
      return (await import(pathToFileURL(project.program).href)) as Record<string, unknown>;
    });
  } catch (error) {
    fail(error);
  }
  const monitor = pulumi.runtime.getMonitor() as unknown as MockMonitor;
  // Steps under way go on to their end, also after a failure.
  await pulumi.runtime.disconnect();
  // Rejections of the last step are reported a turn later.
  await new Promise((resolve) => setImmediate(resolve));
  process.off("unhandledRejection", fail);
  process.on("unhandledRejection", () => undefined);
  if (failure !== undefined) throw failure;
  return stackOutputs(monitor);
}

function registrationOf(args: pulumi.runtime.MockResourceArgs, options: OptionsRecorder): Registration {
  const { values, secret, hasUnknown } = plainInputs(args.inputs as Record<string, unknown>);
  const id = args.id === undefined || args.id === "" ? undefined : args.id;
  return { type: args.type, name: args.name, id, inputs: values, secret, hasUnknown, ...options.of(args) };
}

function stackOutputs(monitor: MockMonitor): MarkedOutputs {
  const stack = [...monitor.getRegisteredResources().values()].find(({ urn }) => urn.includes(`::${STACK_TYPE}::`));
  const state = stack?.state as { toJavaScript?: () => MarkedOutputs } | undefined;
  return state?.toJavaScript?.() ?? {};
}
