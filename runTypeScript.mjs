import Module from "node:module";
import { sep } from "node:path";
import { fileURLToPath } from "node:url";

// What stands before each TypeScript program of the project: `node --import ./runTypeScript.mjs index.ts`. The Pulumi CLI
// finds it in Pulumi.yaml. TypeScript is run by Node itself, and Pulumi's SDK loads only what a program uses.

if (process.features.typescript) silenceTypeStripping();
// Node before 22.18, or one that was told not to strip types.
else await import("tsx");

/**
 * By file of the SDK and what it requires: what it gets instead; `load` gives what it would have got. These files are the
 * SDK's own affair: after an upgrade tests/runTypeScript.test.ts says which of them have changed.
 */
const instead = {
  // Only what serialises a function uses these two, such as a dynamic provider.
  "runtime/closure/parseFunction.js ../../typescript-shim": deferred,
  "runtime/closure/codePaths.js @npmcli/arborist": deferred,
  // Stripped types leave every place as it was, and Node itself reads tsx's maps, which this one does not find.
  "cmd/run/index.js source-map-support/register": () => ({}),
  "cmd/run/run.js ./tracing": untraced,
  "index.js ./resource": withPositions,
  // For each resource three messages, sent one after the other, that are there for `--debug` alone: with every output in clear.
  "runtime/resource.js ../log": withoutDebug,
  "runtime/invoke.js ../log": withoutDebug,
  "runtime/resource.js ./debuggable": withoutStacks,
};

const sdk = ["", "@pulumi", "pulumi", ""].join(sep);
const load = Module._load;
Module._load = function (request, parent, ...rest) {
  const loadIt = () => load.call(this, request, parent, ...rest);
  const file = parent?.filename?.split(sdk).at(-1).replaceAll(sep, "/");
  return instead[`${file} ${request}`]?.(loadIt, parent) ?? loadIt();
};

/** The module, loaded when something of it is used. */
function deferred(load) {
  let module;
  return new Proxy({}, { get: (_, name) => name === "__esModule" || (module ??= load())[name] });
}

/** Spans that go nowhere, as they do unless the user asks for a trace. */
function untraced(load, parent) {
  // --tracing counts only with PULUMI_EXPERIMENTAL; TRACEPARENT is set by `pulumi` when it writes a trace itself.
  if (process.env.PULUMI_EXPERIMENTAL || process.env.TRACEPARENT) return load();
  const { INVALID_SPAN_CONTEXT, trace } = parent.require("@opentelemetry/api");
  return { newSpan: () => trace.wrapSpanContext(INVALID_SPAN_CONTEXT) };
}

/** The SDK takes a frame's file for a path and skips frames without a function: of an ES module both are wrong. */
function withPositions(load) {
  const exports = load();
  const { Resource } = exports;
  const { callsites } = Resource;
  Resource.framePositionRegExp = /^\s*at (?:async )?(?:[^(]* \()?(?<file>.+?):(?<line>\d+):(?<column>\d+)\)?$/;
  Resource.callsites = () => {
    // Without this function's own frame.
    const frames = callsites().slice(1);
    return frames.map(({ file, ...place }) => ({
      file: file?.startsWith("file:") ? fileURLToPath(file) : file,
      ...place,
    }));
  };
  return exports;
}

/** The log, with the messages left out that are for debugging. */
function withoutDebug(load) {
  return { __proto__: load(), debug: () => Promise.resolve() };
}

/** The SDK writes a stack trace to each of its promises, and shows it where this variable is set. */
function withoutStacks(load) {
  const exports = load();
  const { debuggablePromise } = exports;
  if (!process.env.PULUMI_DEBUG_PROMISE_LEAKS)
    exports.debuggablePromise = (...args) => shallow(debuggablePromise, args);
  return exports;
}

/** Calls a function whose errors need no stack trace. */
function shallow(call, args) {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return call(...args);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** Up to 24.2 Node warns that type stripping is an experiment: at every start, and when the sandbox's page strips types. */
function silenceTypeStripping() {
  const { emitWarning } = process;
  process.emitWarning = (warning, ...rest) => {
    if (!/^(Type Stripping|stripTypeScriptTypes) is an experimental/.test(`${warning}`)) emitWarning(warning, ...rest);
  };
}
