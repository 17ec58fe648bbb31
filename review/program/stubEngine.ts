import { createRequire } from "node:module";
import { stripVTControlCharacters } from "node:util";
import type * as Grpc from "@grpc/grpc-js";
import engine from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import engineMessages from "@pulumi/pulumi/proto/engine_pb.js";
import monitor from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/resource_pb.js";
import { label, type SavedOutputs } from "./program.ts";

// The SDK's own copies: its services take the messages of no others.
const sdk = createRequire(createRequire(import.meta.url).resolve("@pulumi/pulumi/package.json"));
const { Server, ServerCredentials, status } = sdk("@grpc/grpc-js") as typeof Grpc;
const { Empty } = sdk("google-protobuf/google/protobuf/empty_pb.js") as { Empty: new () => object };
const { Struct } = sdk("google-protobuf/google/protobuf/struct_pb.js") as {
  Struct: { fromJavaScript: (value: object) => Parameters<messages.ReadResourceResponse["setProperties"]>[0] };
};

/** What a program asked the engine to register. */
export interface EngineResource {
  /** Everything but its inputs and places in source files: type, name, parent, dependencies, provider and so on. */
  readonly asked: object;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Where the program makes it: address of the file, line and column. */
  readonly position: string;
}

/** What a program logged, in plain text; not what is for debugging only. */
export interface EngineLog {
  readonly severity: string;
  readonly message: string;
}

/** An engine that only answers: it remembers what it is told, makes nothing, and gives inputs back as outputs. */
export interface StubEngine {
  readonly address: string;
  /** By `Kind name`, see `label`. */
  readonly resources: ReadonlyMap<string, EngineResource>;
  readonly logs: readonly EngineLog[];
  /** Messages that are for debugging only. */
  readonly debugMessages: readonly string[];
  /** When each registration came, the stack's own first: milliseconds as of `performance.now()`. */
  readonly times: readonly number[];
  readonly close: () => void;
}

/**
 * Starts an engine on a loopback port of its own.
 *
 * What is given are the outputs that the stacks have saved to which the program refers.
 */
export async function startStubEngine(
  { outputs, secretOutputs = [] }: SavedOutputs = { outputs: {} },
): Promise<StubEngine> {
  const resources = new Map<string, EngineResource>();
  const logs: EngineLog[] = [];
  const debugMessages: string[] = [];
  const times: number[] = [];
  let root = "";
  const server = new Server({ "grpc.max_receive_message_length": -1 });
  server.addService(
    monitor.ResourceMonitorService,
    answering(monitor.ResourceMonitorService, {
      supportsFeature: () => new messages.SupportsFeatureResponse().setHassupport(true),
      registerResource(request: messages.RegisterResourceRequest) {
        times.push(performance.now());
        resources.set(label(request.getType(), request.getName()), registered(request));
        const answer = new messages.RegisterResourceResponse()
          .setUrn(urnOf(request.getType(), request.getName()))
          .setObject(request.getObject());
        return request.getCustom() ? answer.setId(`${request.getName()}-id`) : answer;
      },
      readResource(request: messages.ReadResourceRequest) {
        // A StackReference has the outputs themselves, the platform's ConfigMap each as JSON.
        const data = Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, JSON.stringify(value)]));
        const state = { name: request.getId(), outputs, secretOutputNames: secretOutputs, data };
        return new messages.ReadResourceResponse()
          .setUrn(urnOf(request.getType(), request.getName()))
          .setProperties(Struct.fromJavaScript(JSON.parse(JSON.stringify(state)) as object));
      },
      existsResource: () => new messages.ExistsResourceResponse().setExists(Object.keys(outputs).length > 0),
      // Nothing is known of an earlier update of the stack.
      invoke: () => new messages.ResourceInvokeResponse().setReturn(Struct.fromJavaScript({ outputs: {} })),
      registerResourceOutputs: () => new Empty(),
      signalAndWaitForShutdown: () => new Empty(),
    }),
  );
  server.addService(
    engine.EngineService,
    answering(engine.EngineService, {
      log(request: engineMessages.LogRequest) {
        const severity = severities.get(request.getSeverity()) ?? "";
        const message = stripVTControlCharacters(request.getMessage());
        if (severity === "DEBUG") debugMessages.push(message);
        else logs.push({ severity, message });
        return new Empty();
      },
      getRootResource: () => new engineMessages.GetRootResourceResponse().setUrn(root),
      setRootResource(request: engineMessages.SetRootResourceRequest) {
        root = request.getUrn();
        return new engineMessages.SetRootResourceResponse();
      },
    }),
  );
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
  const close = () => {
    server.forceShutdown();
  };
  return { address: `127.0.0.1:${port}`, resources, logs, debugMessages, times, close };
}

const severities = new Map(Object.entries(engineMessages.LogSeverity).map(([name, number]) => [number, name]));

/** Each method has a request of its own type. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- as gRPC's own types
type Answer = (request: any) => unknown;

/** Handlers for every method of a service; those that have no answer here say that they are not there. */
function answering(
  service: Grpc.ServiceDefinition,
  answers: Readonly<Record<string, Answer>>,
): Grpc.UntypedServiceImplementation {
  const handlers = Object.keys(service).map((method) => {
    const handle: Grpc.handleUnaryCall<Parameters<Answer>[0], unknown> = ({ request }, done) => {
      const answer = answers[method];
      if (answer === undefined) done({ code: status.UNIMPLEMENTED, details: method });
      else done(null, answer(request));
    };
    return [method, handle] as const;
  });
  return Object.fromEntries(handlers);
}

function urnOf(type: string, name: string): string {
  return `urn:pulumi:dev::project::${type}::${name}`;
}

function registered(request: messages.RegisterResourceRequest): EngineResource {
  const { uri = "", line = 0, column = 0 } = request.getSourceposition()?.toObject() ?? {};
  const inputs = request.getObject()?.toJavaScript() ?? {};
  const asked = { ...request.toObject(), object: undefined, sourceposition: undefined, stacktrace: undefined };
  return { asked, inputs, position: `${uri}:${line}:${column}` };
}
