"use strict";
// The file that the injected NODE_OPTIONS names: it starts the SDK as the environment says.
require("@opentelemetry/auto-instrumentations-node/register");
