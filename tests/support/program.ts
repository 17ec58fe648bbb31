import { setTimeout as sleep } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";

/** One resource that the program registered, in the order in which it finished. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  readonly inputs: Record<string, unknown>;
  readonly provider: string;
  readonly custom: boolean;
}

/** What a resource asked for besides its inputs; mocks do not see it, a transformation does. */
export interface Asked {
  readonly type: string;
  readonly name: string;
  readonly parent: string | undefined;
  readonly dependsOn: string[];
}

/** Everything a run of the program did. */
export interface ProgramRun {
  readonly registered: Registered[];
  readonly asked: Asked[];
  /** When each resource was handed over and when it was done, by `type name`. */
  readonly spans: Map<string, { started: number; ended: number }>;
  readonly outputs: Record<string, unknown>;
}

/** How to run the program. */
export interface RunOptions {
  /** Configuration by key without the project's prefix; values as Pulumi hands them over. */
  readonly config: Record<string, string>;
  readonly stack?: string;
  readonly preview?: boolean;
  /** Longest random delay of a registration, in milliseconds. @default 0 */
  readonly delay?: number;
}

let runs = 0;

/** Runs the unchanged program under the SDK's mocks. The artifacts must come from a mirror in `config`. */
export async function runProgram(options: RunOptions): Promise<ProgramRun> {
  const { config, stack = "test", preview = false, delay = 0 } = options;
  const run: ProgramRun = { registered: [], asked: [], spans: new Map(), outputs: {} };
  let tick = 0;
  await pulumi.runtime.setMocks(
    {
      async newResource(args) {
        const started = ++tick;
        if (delay > 0) await sleep(Math.random() * delay);
        run.registered.push({
          type: args.type,
          name: args.name,
          inputs: args.inputs as Record<string, unknown>,
          provider: args.provider ?? "",
          custom: args.custom ?? false,
        });
        run.spans.set(`${args.type} ${args.name}`, { started, ended: ++tick });
        return { id: `${args.name}-id`, state: { ...(args.inputs as object), ...computed(args.type) } };
      },
      call: (args) => args.inputs as Record<string, unknown>,
    },
    "fluffy-observability",
    stack,
    preview,
  );
  const prefixed = Object.entries(config).map(([key, value]) => [`fluffy-observability:${key}`, value]);
  pulumi.runtime.setAllConfig(Object.fromEntries(prefixed) as Record<string, string>, []);
  const outputs = await pulumi.runtime.runInPulumiStack(async () => {
    pulumi.runtime.registerStackTransformation((args) => {
      run.asked.push(asked(args));
      return undefined;
    });
    // A query makes Node load the module anew, as each run of the CLI does.
    return (await import(`../../index.ts?run=${++runs}`)) as Record<string, unknown>;
  });
  // The outputs may be known before the last resource is.
  await pulumi.runtime.disconnect();
  Object.assign(run.outputs, outputs);
  return run;
}

/** What only the provider knows. */
function computed(type: string): Record<string, unknown> {
  return type === "random:index/randomPassword:RandomPassword" ? { result: generatedPassword } : {};
}

/** What the mock generates as Grafana's password: tests search for it. */
export const generatedPassword = "mock-generated-password";

function asked({ type, name, opts }: pulumi.ResourceTransformationArgs): Asked {
  const dependsOn = ((opts as { dependsOn?: unknown }).dependsOn ?? []) as pulumi.Resource | pulumi.Resource[];
  return {
    type,
    name,
    parent: opts.parent ? resourceName(opts.parent) : undefined,
    dependsOn: [dependsOn].flat().map(resourceName),
  };
}

function resourceName(resource: pulumi.Resource): string {
  return (resource as unknown as { __name: string }).__name;
}
