// Where the Pulumi CLI starts the policy pack: it loads this folder with require(), under a ts-node of its own that takes
// neither ES modules nor the project's compiler options. The start file cannot be named as in Pulumi.yaml, because of a
// policy pack the CLI hands `nodeargs` to the program, not to Node.

// The CLI awaits what a pack exports, and reports it when it fails.
module.exports = import("../runTypeScript.mjs").then(() => import("./index.ts"));
