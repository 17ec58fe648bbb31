#!/usr/bin/env bash
# @grafana/grafana-foundation-sdk 0.0.21 (Node.js 20 or newer)
# Expected: builders describe; a panel's builder that is used in two dashboards is laid out in each of them, and what build()
#   returned is a value that later calls leave alone.
# Seen: withPanel() writes the place that it finds for a panel into the builder's own object. In the next dashboard that place
#   counts as chosen by hand: the panel lies where it was in the first one, over others or with a hole before it, by the order in
#   which files are imported. build() returns the builder's own object too, so a later call changes a dashboard already built.
# Found: by giving one panel to two dashboards, and comparing the places in both.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @grafana/grafana-foundation-sdk@0.0.21 >/dev/null
cat >program.mjs <<'JAVASCRIPT'
import { DashboardBuilder } from "@grafana/grafana-foundation-sdk/dashboard";
import { PanelBuilder } from "@grafana/grafana-foundation-sdk/stat";

const panel = (title) => new PanelBuilder().title(title).span(12).height(8);
const places = ({ panels }) => panels.map(({ title, gridPos: { x, y } }) => `${title} ${x},${y}`).join("  ");
const errors = panel("errors");
const second = () => new DashboardBuilder("second").withPanel(panel("p")).withPanel(errors).withPanel(panel("q"));
const first = () => new DashboardBuilder("first").withPanel(errors).withPanel(panel("a"));

console.log("first, with a panel of its own:", places(new DashboardBuilder("alone").withPanel(panel("errors")).withPanel(panel("a")).build()));
console.log("second:", places(second().build()));
console.log("first, after the second:", places(first().build()));

const builder = new DashboardBuilder("before");
const built = builder.build();
builder.title("after");
console.log("title of what was built before:", built.title);
JAVASCRIPT
seen=$(node program.mjs)
echo "$seen"
expected='first, with a panel of its own: errors 0,0  a 12,0
second: p 0,0  errors 12,0  q 0,8
first, after the second: errors 12,0  a 12,0
title of what was built before: after'
[ "$seen" = "$expected" ] || { echo "changed: it was"; echo "$expected"; exit 1; }
