"use strict";
// Loaded before the injected OpenTelemetry SDK: lets it instrument what an application of ES modules imports.

const { register } = require("module");
const { pathToFileURL } = require("url");
const { isMainThread } = require("worker_threads");

const options = process.env.NODE_OPTIONS || "";
// As the operator appends it: an absolute path, in quotes where it has spaces.
const found = /.*--require[ =](?:"(\/[^"]*\/autoinstrumentation\.js)"|(\/\S*\/autoinstrumentation\.js))/.exec(options);
// The thread that runs the hook loads this file too, and must not hook itself. Without the SDK there is nothing to load, and a
// Node.js without `register` is too old for the SDK.
if (isMainThread && found !== null && register !== undefined) {
  register("@opentelemetry/instrumentation/hook.mjs", pathToFileURL(found[1] || found[2]));
}
