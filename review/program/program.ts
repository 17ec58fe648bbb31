import { setTimeout as sleep } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import messages from "@pulumi/pulumi/proto/resource_pb.js";
import type { StackState } from "../../components/kubernetes/stackState.ts";

/** One resource that the program registered, in the order in which it finished. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  /** See `label`. */
  readonly label: string;
  /** As they go to the engine: a secret is wrapped, see `isSecret`. */
  readonly inputs: Record<string, unknown>;
  /** URN and id of the provider that the program names; "" leaves it to the engine. */
  readonly provider: string;
  readonly custom: boolean;
}

/** What a resource asked for besides its inputs; mocks do not see it, a transformation does. In the program's order. */
export interface Asked {
  readonly type: string;
  /** Labels of the resource itself, its parent and what it depends on. */
  readonly label: string;
  readonly parent: string | undefined;
  readonly dependsOn: readonly string[];
  /** Inputs that make the resource anew when they change. */
  readonly replaceOnChanges: readonly string[];
  /** What the resource was called before, in the same place; the SDK's own aliases are of other types. */
  readonly formerNames: readonly string[];
}

/** Everything a run of the program did. */
export interface ProgramRun {
  readonly registered: readonly Registered[];
  readonly asked: readonly Asked[];
  /** When each resource was handed over and when it was done, in ticks, by label. */
  readonly spans: ReadonlyMap<string, { readonly started: number; readonly ended: number }>;
  /** By name, secret ones in plain text. */
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly secretOutputs: readonly string[];
  /** What the program logged. */
  readonly logs: readonly string[];
}

/** What another stack has saved, as the engine gives it to a StackReference. */
export interface SavedOutputs {
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Names of those that are secret. @default [] */
  readonly secretOutputs?: readonly string[];
}

/** How to run the program. */
export interface RunOptions {
  /** Name of the Pulumi project. @default "fluffy-observability" */
  readonly project?: string;
  /** Configuration by key without the project's prefix; values as Pulumi hands them over. */
  readonly config: Readonly<Record<string, string>>;
  /** @default "test" */
  readonly stack?: string;
  /** What the registration of a resource waits for, by its label. @default nothing */
  readonly hold?: (label: string) => Promise<void>;
  /** What the stacks have saved that the program refers to. @default nothing */
  readonly saved?: SavedOutputs;
  /** What the stack's last update left, by URN. @default it has not been updated yet */
  readonly state?: StackState;
  /** Whether it is a preview. @default false */
  readonly preview?: boolean;
  /** What to run; gives the outputs. @default the stack's own program */
  readonly program?: () => Promise<Readonly<Record<string, unknown>>>;
}

/** Kind and name of a resource, such as `Release cert-manager`: how tests and golden files name it. */
export function label(type: string, name: string): string {
  return `${type.split(":").at(-1) ?? type} ${name}`;
}

/**
 * Runs the unchanged program under the SDK's mocks. The artifacts must come from a mirror in `config`.
 *
 * @throws what the program throws
 */
export function runProgram(options: RunOptions): Promise<ProgramRun> {
  return record(options, []);
}

/** Runs a program that is to fail: what it threw, and what it had registered by then. */
export async function runFailingProgram(options: RunOptions): Promise<{ error: unknown; registered: Registered[] }> {
  const registered: Registered[] = [];
  // The SDK leaves copies of the rejection behind that nobody awaits.
  const listeners = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection").on("unhandledRejection", () => undefined);
  try {
    const { outputs } = await record(options, registered);
    throw new Error(`the program ran through and gave ${Object.keys(outputs).join(", ")}`);
  } catch (error) {
    return { error, registered };
  } finally {
    await sleep(0);
    process.removeAllListeners("unhandledRejection");
    for (const listener of listeners) process.on("unhandledRejection", listener);
  }
}

/**
 * As `runProgram`, for a program that may fail.
 *
 * @param registered gets each resource as it is registered
 */
export async function record(options: RunOptions, registered: Registered[]): Promise<ProgramRun> {
  const { project = "fluffy-observability", config, stack = "test", hold, saved, program = ownProgram } = options;
  const asked: Asked[] = [];
  const spans = new Map<string, { started: number; ended: number }>();
  let tick = 0;
  await pulumi.runtime.setMocks(
    {
      async newResource({ type, name, inputs, provider = "", custom = false, id }) {
        const started = ++tick;
        const own = label(type, name);
        await hold?.(own);
        registered.push({ type, name, label: own, inputs: inputs as Record<string, unknown>, provider, custom });
        spans.set(own, { started, ended: ++tick });
        const read = id !== undefined && id !== "";
        if (read && type === "kubernetes:core/v1:ConfigMap") return { id, state: readConfigMap(saved) };
        return { id: `${name}-id`, state: { ...(inputs as object), ...computed(type, saved) } };
      },
      call: ({ token, inputs }) => called(token, inputs as Record<string, unknown>, options.state),
    },
    project,
    stack,
    options.preview ?? false,
    "organization",
  );
  // The SDK's mocks say only of what they have registered that it is there.
  const isThere = Object.keys(saved?.outputs ?? {}).length > 0;
  Object.assign(pulumi.runtime.getMonitor() ?? {}, {
    existsResource: (_: unknown, done: (error: null, answer: messages.ExistsResourceResponse) => void) => {
      done(null, new messages.ExistsResourceResponse().setExists(isThere));
    },
  });
  const prefixed = Object.entries(config).map(([key, value]) => [`${project}:${key}`, value] as const);
  pulumi.runtime.setAllConfig(Object.fromEntries(prefixed), []);
  const logs: string[] = [];
  const { outputs, secretOutputs } = await quietly(logs, () =>
    runStack(program, (args) => void asked.push(askedFor(args))),
  );
  return { registered, asked, spans, outputs, secretOutputs, logs };
}

let runs = 0;

/** A query makes Node load the module anew, as each run of the CLI does. */
async function ownProgram(): Promise<Record<string, unknown>> {
  return (await import(`../../index.ts?run=${++runs}`)) as Record<string, unknown>;
}

async function runStack(
  program: () => Promise<Readonly<Record<string, unknown>>>,
  see: (args: pulumi.ResourceTransformationArgs) => undefined,
): Promise<Pick<ProgramRun, "outputs" | "secretOutputs">> {
  let exported: Readonly<Record<string, unknown>> = {};
  const outputs = (await pulumi.runtime.runInPulumiStack(async () => {
    pulumi.runtime.registerStackTransformation(see);
    exported = await program();
    return exported;
  })) as Record<string, unknown>;
  // The outputs may be known before the last resource is.
  await pulumi.runtime.disconnect();
  return { outputs, secretOutputs: await secretNames(exported) };
}

/** Without an engine the SDK writes its log to the console: into `logs` with it. */
async function quietly<T>(logs: string[], run: () => Promise<T>): Promise<T> {
  const { log, warn } = console;
  const { stackTraceLimit } = Error;
  console.log = console.warn = (line: string) => void logs.push(line);
  // The SDK keeps a stack trace of every promise: mapped to TypeScript, that is most of the time of a run.
  Error.stackTraceLimit = 1;
  try {
    return await run();
  } finally {
    Object.assign(console, { log, warn });
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** What the mock generates as Grafana's password: tests search for it. */
export const generatedPassword = "mock-generated-password";

/** What the engine answers when it is asked for the stack's own last update. */
function called(token: string, inputs: Record<string, unknown>, state: StackState = {}): Record<string, unknown> {
  if (token === "pulumi:pulumi:readStackResourceOutputs") return { outputs: state };
  if (token === "pulumi:pulumi:readStackOutputs") {
    const resources = Object.values(state);
    const isHere = resources.some(
      ({ outputs }) => (outputs as { name?: string } | undefined)?.name === "jaeger-operator",
    );
    return { outputs: resources.length > 0 ? { versions: isHere ? { jaegerOperator: "1" } : {} } : {} };
  }
  return inputs;
}

/** What only the provider or the engine knows; the engine marks what is secret. */
function computed(type: string, saved: SavedOutputs = { outputs: {} }): Record<string, unknown> {
  if (type === "random:index/randomPassword:RandomPassword") return { result: pulumi.secret(generatedPassword) };
  if (type !== "pulumi:pulumi:StackReference") return {};
  const { outputs, secretOutputs = [] } = saved;
  const marked = Object.entries(outputs).map(([name, value]) => [
    name,
    secretOutputs.includes(name) ? pulumi.secret(value) : value,
  ]);
  return { outputs: Object.fromEntries(marked) as unknown, secretOutputNames: [...secretOutputs] };
}

/** The ConfigMap of a platform with these outputs. */
function readConfigMap({ outputs }: SavedOutputs = { outputs: {} }): Record<string, unknown> {
  const data = Object.entries(outputs).map(([name, value]) => [name, JSON.stringify(value)]);
  return { data: Object.fromEntries(data) as unknown };
}

function askedFor({ type, name, opts }: pulumi.ResourceTransformationArgs): Asked {
  const dependsOn = ((opts as { dependsOn?: unknown }).dependsOn ?? []) as pulumi.Resource | pulumi.Resource[];
  return {
    type,
    label: label(type, name),
    parent: opts.parent && labelOf(opts.parent),
    dependsOn: [dependsOn].flat().map(labelOf),
    replaceOnChanges: (opts as pulumi.CustomResourceOptions).replaceOnChanges ?? [],
    formerNames: [opts.aliases ?? []]
      .flat()
      .flatMap((alias) =>
        typeof alias === "object" && "name" in alias && typeof alias.name === "string" ? [alias.name] : [],
      ),
  };
}

function labelOf(resource: pulumi.Resource): string {
  return label(pulumi.resourceType(resource), pulumi.resourceName(resource));
}

async function secretNames(exported: Readonly<Record<string, unknown>>): Promise<string[]> {
  const entries = Object.entries(exported).map(async ([name, value]) =>
    pulumi.Output.isInstance(value) && (await pulumi.isSecret(value)) ? [name] : [],
  );
  return (await Promise.all(entries)).flat();
}
