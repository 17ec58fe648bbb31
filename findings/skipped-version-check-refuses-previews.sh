#!/usr/bin/env bash
# @pulumi/pulumi 3.270.0, its Automation API (Node.js 20 or newer)
# Expected: `PulumiCommand.get({ skipVersionCheck: true })` starts no engine, and what works with an engine of any version goes on
#   to work: the SDK's own code falls back to 3.0.0 where the version is not known.
# Seen: it runs `pulumi version` all the same, a tenth of a second at each start. With an engine whose version it cannot read, such as
#   one that was built without the linker's flag, `whoAmI` falls back, but every preview is refused before the engine is started:
#   by the getter that the fallback stands behind.
# Found: by looking at what a preview of three seconds spends its first second on.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @pulumi/pulumi@3.270.0 >npm.log 2>&1 || { cat npm.log; exit 1; }
mkdir bin work
# Stands for the engine: writes down what it is asked, and has no version to tell.
cat >bin/pulumi <<'SH'
#!/bin/sh
echo "$1" >>"$ASKED"
SH
chmod +x bin/pulumi
cat >main.mjs <<'JS'
import { readFileSync } from "node:fs";
import automation from "@pulumi/pulumi/automation/index.js";

process.env.ASKED = "asked";
const { LocalWorkspace, PulumiCommand, Stack } = automation;
const pulumiCommand = await PulumiCommand.get({ root: ".", skipVersionCheck: true });
console.log("asked without being used:", readFileSync("asked", "utf8").trim());
const projectSettings = { name: "project", runtime: "nodejs" };
const workspace = await LocalWorkspace.create({ workDir: "work", pulumiCommand, projectSettings });
const stack = await Stack.select("dev", workspace);
const said = (work) => work.then(() => "done", (error) => error.message.split("\n")[0]);
console.log("whoAmI:", await said(workspace.whoAmI()));
console.log("preview:", await said(stack.preview()));
process.exit(0);
JS
export ASKED="$folder/asked"
seen=$(node main.mjs)
echo "$seen"
expected='asked without being used: version
whoAmI: done
preview: Failed to get Pulumi version'
[ "$seen" = "$expected" ] || { echo "changed: it was"; echo "$expected"; exit 1; }
