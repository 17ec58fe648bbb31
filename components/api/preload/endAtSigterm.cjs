"use strict";
// Loaded before the injected OpenTelemetry SDK. The SDK listens for SIGTERM and then only flushes: a process without a listener
// of its own would serve on until it is killed. With this file such a process flushes and ends as it would without injection.

const Module = require("module");
const { isMainThread } = require("worker_threads");

/** Longer than the SDK's exporters take when the collector is away: see OTEL_EXPORTER_OTLP_TIMEOUT of the Instrumentation. */
const LONGEST_FLUSH_MS = 2000;

const sdk = findSdk(process.env.NODE_OPTIONS || "");
// Signals reach the main thread only. Without the SDK, as when the operator's webhook failed, there is nothing to put right.
if (isMainThread && sdk !== undefined) {
  // npm and the like only start the application: what they would send has its name.
  if (/[\\/](npm|npx|yarn|yarnpkg|pnpm)(-cli|-\d[\w.-]*)?(\.c?js)?$/.test(process.argv[1] || "")) countAsLoaded(sdk);
  else {
    const sdkListeners = loadSdk(sdk);
    if (sdkListeners.length > 0) takeOver(sdkListeners);
  }
}

/** The SDK's file, as the operator appends it: an absolute path, in quotes where it has spaces. */
function findSdk(options) {
  const found = /.*--require[ =](?:"(\/[^"]*\/autoinstrumentation\.js)"|(\/\S*\/autoinstrumentation\.js))/.exec(
    options,
  );
  return found === null ? undefined : found[1] || found[2];
}

/** Loads the SDK, as Node.js itself would a moment later, and takes away the listeners that it adds. */
function loadSdk(file) {
  const before = process.listeners("SIGTERM");
  try {
    require(file);
  } catch (error) {
    // A Node.js that is too old for the SDK. The application must start all the same, so the SDK counts as loaded.
    const [line] = String(error).split("\n");
    console.error(`The OpenTelemetry SDK cannot be loaded, the application runs without telemetry: ${line}`);
    countAsLoaded(file);
  }
  const added = process.listeners("SIGTERM").filter((listener) => !before.includes(listener));
  for (const listener of added) process.removeListener("SIGTERM", listener);
  return added;
}

/** Keeps Node.js from loading a file: it is loaded already, and empty. */
function countAsLoaded(file) {
  const name = require.resolve(file);
  require.cache[name] = Object.assign(new Module(name), { loaded: true });
}

function takeOver(sdkListeners) {
  const { listeners, rawListeners, listenerCount, prependListener } = process;
  let watching = false;
  let flushed;
  let ending = false;
  const onSigterm = () => {
    // A listener that takes itself off when it is called is still there: this one is called first.
    const applicationEnds = process.listenerCount("SIGTERM") > 0;
    // The kernel gives process 1 no default action. Without a listener it serves on, and goes on to be seen.
    if (process.pid === 1 && !applicationEnds) return;
    // A rejection that nobody handles would end the application.
    const flush = async (listener) => listener.call(process, "SIGTERM");
    flushed = flushed || Promise.all(sdkListeners.map(flush)).catch(() => undefined);
    if (applicationEnds || ending) return;
    ending = true;
    const end = () => {
      clearTimeout(timer);
      watching = false;
      process.removeListener("SIGTERM", onSigterm);
      process.kill(process.pid, "SIGTERM");
    };
    const timer = setTimeout(end, LONGEST_FLUSH_MS);
    flushed.then(end);
  };
  const watch = () => {
    watching = false;
    process.removeListener("SIGTERM", onSigterm);
    prependListener.call(process, "SIGTERM", onSigterm);
    watching = true;
  };
  const onRemove = (event) => {
    // Node.js asks for the count, too, and has stopped to listen when it was none.
    if (event === "SIGTERM" && watching && process.listenerCount("SIGTERM") === 0) watch();
  };
  watch();
  process.on("removeListener", onRemove);
  // `prependOnceListener` calls it as well.
  process.prependListener = function (event, listener) {
    prependListener.call(this, event, listener);
    if (event === "SIGTERM" && watching) watch();
    return this;
  };
  // Applications and packages, such as signal-exit, go by the listeners that there are: they add a handler only if there is none.
  const others = (all) => all.filter((listener) => listener !== onSigterm && listener !== onRemove);
  process.listeners = function (event) {
    return others(listeners.call(this, event));
  };
  process.rawListeners = function (event) {
    return others(rawListeners.call(this, event));
  };
  process.listenerCount = function (event, listener) {
    return listener === undefined ? this.listeners(event).length : listenerCount.call(this, event, listener);
  };
}
