import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import Module from "node:module";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

// What stands before each TypeScript program of the project: `node --import ./runTypeScript.mjs index.ts`. The Pulumi CLI
// finds it in Pulumi.yaml. TypeScript is run by Node itself, and packages load only what a program uses.

// `npm ci` removes it with the packages that it is of.
const cache = join(import.meta.dirname, "node_modules", ".cache");
Module.enableCompileCache?.(join(cache, "compile"));

if (process.features.typescript) {
  silenceTypeStripping();
  Module.registerHooks?.({
    load: (url, context, next) => loadNamed(url, context) ?? loadStripped(url, context) ?? next(url, context),
  });
}
// Node before 22.18, or one that was told not to strip types.
else await import("tsx");

/**
 * By file of a package, or by package, and what it requires: what it gets instead; `load` gives what it would have got.
 * These files are the packages' own affair: after an upgrade tests/runTypeScript.test.ts says which of them have changed.
 */
const instead = {
  // Only what serialises a function uses these, such as a dynamic provider.
  "@pulumi/pulumi/runtime/closure/parseFunction.js ../../typescript-shim": deferred,
  "@pulumi/pulumi/runtime/closure/codePaths.js @npmcli/arborist": deferred,
  "@pulumi/pulumi/runtime/closure/codePaths.js normalize-package-data": deferred,
  "@pulumi/pulumi/runtime/closure/v8.js ./v8Hooks": withLateSession,
  "@pulumi/pulumi/cmd/run/index.js ../../runtime/closure/v8Hooks": withLateSession,
  // The program itself runs no other one, reads no YAML, and writes dashboards in Grafana's first schema.
  "@pulumi/pulumi/index.js ./automation": deferred,
  "@pulumi/kubernetes/yaml/yaml.js glob": deferred,
  "@grafana/grafana-foundation-sdk ../dashboardv2": deferred,
  "@grafana/grafana-foundation-sdk ../dashboardv2beta1": deferred,
  // Stripped types leave every place as it was, and Node itself reads tsx's maps, which this one does not find.
  "@pulumi/pulumi/cmd/run/index.js source-map-support/register": () => ({}),
  "@pulumi/pulumi/cmd/run/run.js ./tracing": untraced,
  "@pulumi/pulumi/index.js ./resource": withPositions,
  // For each resource three messages, sent one after the other, that are there for `--debug` alone: with every output in clear.
  "@pulumi/pulumi/runtime/resource.js ../log": withoutDebug,
  "@pulumi/pulumi/runtime/invoke.js ../log": withoutDebug,
  "@pulumi/pulumi/runtime/resource.js ../proto/resource_pb": withoutTexts,
  "@pulumi/pulumi/runtime/resource.js ./debuggable": withoutStacks,
  "@pulumi/pulumi/runtime/rpc.js ./debuggable": unwatched,
  "@pulumi/pulumi/runtime/resource.js ./rpc": withPlainInputs,
};

const packages = ["", "node_modules", ""].join(sep);
const load = Module._load;
Module._load = function (request, parent, ...rest) {
  const loadIt = () => load.call(this, request, parent, ...rest);
  const file = parent?.filename?.split(packages).at(-1).replaceAll(sep, "/") ?? "";
  const [name] = /^(@[^/]+.)?[^/]+/.exec(file) ?? [];
  const substitute = instead[`${file} ${request}`] ?? instead[`${name} ${request}`];
  return substitute?.(loadIt, parent) ?? loadIt();
};

/** Loads a package of Pulumi's with the names that it has, which Node would read from its text, and from all that it exports anew. */
function loadNamed(url, { format, conditions }) {
  if (format !== "commonjs" || !conditions.includes("import") || !url.includes("/node_modules/@pulumi/")) return;
  const file = fileURLToPath(url);
  const names = Object.keys(Module.createRequire(url)(file)).filter((name) => name !== "default");
  const source = `import Module from "node:module";
    const exports = Module.createRequire(import.meta.url)(${JSON.stringify(file)});
    export default exports;
    ${names.map((name, index) => `const _${index} = exports.${name};`).join("")}
    export { ${names.map((name, index) => `_${index} as ${name}`).join(", ")} };`;
  return { format: "module", source, shortCircuit: true };
}

/** Loads a file of TypeScript without its types, which Node 22 takes away anew at every start: what is left is kept. */
function loadStripped(url, { format }) {
  if (format !== "module-typescript" || url.includes("/node_modules/")) return;
  const typed = readFileSync(fileURLToPath(url), "utf8");
  const name = createHash("sha256").update(process.version).update(typed).digest("hex");
  try {
    const source = kept(`${name}.js`, () => Module.stripTypeScriptTypes(typed));
    return { format: "module", source, shortCircuit: true };
  } catch {
    // What is more than a type: Node itself says where it stands.
  }
}

/** What a file of the cache holds; it is made where it is missing. */
function kept(name, make) {
  const folder = join(cache, "stripped");
  const file = join(folder, name);
  try {
    return readFileSync(file, "utf8");
  } catch {
    const text = make();
    try {
      mkdirSync(folder, { recursive: true });
      // Whole or not at all: another process may read it meanwhile.
      writeFileSync(`${file}.${process.pid}`, text, { flush: true });
      renameSync(`${file}.${process.pid}`, file);
    } catch {
      // A folder that cannot be written: the next start makes it again.
    }
    return text;
  }
}

/** The module, loaded when something of it is used. */
function deferred(load) {
  let module;
  const get = (_, name) => {
    if (name === "__esModule") return true;
    module ??= load();
    return name === "default" && !module.__esModule ? module : module[name];
  };
  return new Proxy({}, { get });
}

/** The SDK opens an inspector's session at the start, which is then told of every script; opened later, it names those that are there. */
function withLateSession(load) {
  const urls = new Map();
  let session;
  return {
    __proto__: load(),
    isInitializedAsync: () => Promise.resolve(),
    getSessionAsync: () => (session ??= openSession(urls)),
    getScriptUrl: (id) => urls.get(id),
  };
}

/** @param urls where the place of each script is noted, by its id */
async function openSession(urls) {
  const { Session } = await import("node:inspector");
  const session = new Session();
  session.connect();
  session.on("Debugger.scriptParsed", ({ params: { scriptId, url } }) => urls.set(scriptId, url));
  await promisify(session.post).call(session, "Debugger.enable");
  return session;
}

/** Spans that go nowhere, as they do unless the user asks for a trace. */
function untraced(load, parent) {
  // --tracing counts only with PULUMI_EXPERIMENTAL; TRACEPARENT is set by `pulumi` when it writes a trace itself.
  if (process.env.PULUMI_EXPERIMENTAL || process.env.TRACEPARENT) return load();
  const { INVALID_SPAN_CONTEXT, trace } = parent.require("@opentelemetry/api");
  return { newSpan: () => trace.wrapSpanContext(INVALID_SPAN_CONTEXT) };
}

/** The SDK takes a frame's file for a path and skips frames without a function: of an ES module both are wrong. It reads each anew, too. */
function withPositions(load) {
  const exports = load();
  const places = new Map();
  exports.Resource.callsites = () => {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = Number.POSITIVE_INFINITY;
    const { stack } = new Error();
    Error.stackTraceLimit = stackTraceLimit;
    const frames = stack.split("\n").slice(1);
    for (const frame of frames) if (!places.has(frame)) places.set(frame, placeOf(frame));
    return frames.map((frame) => places.get(frame));
  };
  return exports;
}

/** The place that a frame of a stack trace names; none for Node's own. */
function placeOf(frame) {
  const found = /^\s*at (?:async )?(?:[^(]* \()?(?<file>.+?):(?<line>\d+):(?<column>\d+)\)?$/.exec(frame)?.groups;
  if (found === undefined || found.file.startsWith("node:")) return {};
  const { file, line, column } = found;
  return { file: file.startsWith("file:") ? fileURLToPath(file) : file, line: Number(line), column: Number(column) };
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

/** The engine's answers, which each of those messages was given as a text. */
function withoutTexts(load) {
  const exports = load();
  exports.RegisterResourceResponse.prototype.toString = () => "a RegisterResourceResponse";
  return exports;
}

/** Four promises for each output are watched for never ending, as is the registration that ends them: that one is enough. */
function unwatched(load) {
  const exports = load();
  return process.env.PULUMI_DEBUG_PROMISE_LEAKS
    ? exports
    : { __proto__: exports, debuggablePromise: (promise) => promise };
}

/** The SDK waits for each value of the inputs, also for what is plain: that goes as it is. */
function withPlainInputs(load) {
  const exports = load();
  const serializeResourceProperties = async (label, props, options) => {
    const [plain, other] = [{}, {}];
    for (const [key, value] of Object.entries(props))
      (isPlain(value) && !["id", "urn"].includes(key) ? plain : other)[key] = value;
    const [values, dependencies] = await exports.serializeResourceProperties(label, other, options);
    for (const key of Object.keys(plain)) dependencies.set(key, new Set());
    return [{ ...plain, ...values }, dependencies];
  };
  return { __proto__: exports, serializeResourceProperties };
}

/** Whether a value is text, a number, a truth value, null, or made of such alone. */
function isPlain(value) {
  if (value === null || ["string", "number", "boolean"].includes(typeof value)) return true;
  if (Array.isArray(value)) return [...value].every(isPlain);
  if (typeof value !== "object" || Object.getPrototypeOf(value) !== Object.prototype) return false;
  // By such a name the SDK knows what is more than it looks like.
  return Object.keys(value).every((key) => !key.startsWith("__pulumi") && isPlain(value[key]));
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
