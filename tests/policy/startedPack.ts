import { type ChildProcessByStdio, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { text } from "node:stream/consumers";
import analyzer from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/analyzer_pb.js";
import { projectFolder } from "../support/markdown.ts";

const folder = join(projectFolder, "policy");

/** What the CLI finds from the pack's folder, and starts. */
const program = createRequire(join(folder, "package.json")).resolve("@pulumi/pulumi/cmd/run-policy-pack");

// The SDK's own copies: its client takes the objects of no others.
const sdk = createRequire(program);
const { credentials } = sdk("@grpc/grpc-js") as typeof import("@grpc/grpc-js");
const { Empty } = sdk("google-protobuf/google/protobuf/empty_pb.js") as {
  Empty: new () => Parameters<analyzer.AnalyzerClient["getAnalyzerInfo"]>[0];
};
const { Struct } = sdk("google-protobuf/google/protobuf/struct_pb.js") as {
  Struct: { fromJavaScript: (value: object) => Parameters<messages.AnalyzeRequest["setProperties"]>[0] };
};

const place = { ORGANIZATION: "organization", PROJECT: "fluffy-observability", STACK: "dev", DRY_RUN: "true" };

/** What the CLI adds to its own environment for a policy pack. */
const environment = Object.fromEntries([
  ["PULUMI_CONFIG", JSON.stringify({ "fluffy-observability:crdPolicy": "delete" })],
  ...Object.entries(place).flatMap(([name, value]) => [
    [`PULUMI_${name}`, value],
    [`PULUMI_NODEJS_${name}`, value],
  ]),
]) as Record<string, string>;

// Ends the pack when its standard input closes, which it does however this process ends. Ctrl-C must not end the shell first.
const script = `trap "" INT; "$@" & exec >&- 2>&-; read -r _; kill -9 $!`;

/** A policy pack that runs. */
export interface StartedPack {
  /** What it says about itself. */
  readonly info: () => Promise<messages.AnalyzerInfo.AsObject>;
  /** What it says about a resource with these inputs. */
  readonly analyze: (type: string, inputs: object) => Promise<messages.AnalyzeDiagnostic.AsObject[]>;
}

/** Starts the policy pack as the Pulumi CLI does, for the tests of the surrounding suite. */
export function startedPack(): StartedPack {
  let child: ChildProcessByStdio<Writable, Readable, Readable> | undefined;
  let closed: Promise<unknown>;
  let client: analyzer.AnalyzerClient;

  before(async function () {
    // Loading the SDK and TypeScript takes 2 s on a machine that does nothing else.
    this.timeout(60_000);
    // The address of the engine, which a pack never calls, and the folder: PulumiPolicy.yaml has no options to add.
    // Node 22.18 and newer strip types by themselves: the pack must not count on it.
    const args = [process.execPath, "--no-experimental-strip-types", program, "127.0.0.1:1", "."];
    child = spawn("sh", ["-c", script, "sh", ...args], {
      cwd: folder,
      env: { ...process.env, ...environment },
      stdio: ["pipe", "pipe", "pipe"],
    });
    closed = new Promise((resolve) => child?.on("close", resolve));
    client = new analyzer.AnalyzerClient(`127.0.0.1:${await portOf(child)}`, credentials.createInsecure());
  });

  after(async () => {
    (client as typeof client | undefined)?.close();
    child?.stdin.end();
    await closed;
  });

  return {
    info: async () =>
      (await answer<messages.AnalyzerInfo>((done) => client.getAnalyzerInfo(new Empty(), done))).toObject(),
    analyze: async (type, inputs) => {
      const request = new messages.AnalyzeRequest();
      request.setType(type);
      request.setProperties(Struct.fromJavaScript(inputs));
      request.setOptions(new messages.AnalyzerResourceOptions());
      const response = await answer<messages.AnalyzeResponse>((done) => client.analyze(request, done));
      return response.toObject().diagnosticsList;
    },
  };
}

/** The first line of a pack's standard output; the CLI takes no other for the port. */
async function portOf({ stdout, stderr }: { stdout: Readable; stderr: Readable }): Promise<string> {
  const said = text(stderr);
  for await (const line of createInterface(stdout)) {
    if (/^\d+$/.test(line)) return line;
    throw new Error(`the pack said "${line}" instead of its port`);
  }
  throw new Error(`the pack did not start: ${await said}`);
}

function answer<Answer>(call: (done: (error: Error | null, answer: Answer) => void) => unknown): Promise<Answer> {
  return new Promise((resolve, reject) => {
    call((error, given) => {
      if (error) reject(error);
      else resolve(given);
    });
  });
}
