import { globSync, readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { extname, join } from "node:path";

/** A file as the browser gets it. */
export interface Asset {
  type: string;
  body: string;
}

const project = join(import.meta.dirname, "..");
const chartLibrary = "node_modules/uplot/dist/uPlot.esm.js";

/** By path: what the browser may load. Everything else is not there for it. */
const served = new Set([
  ...globSync(["page/model/*.ts", "page/browser/*.{ts,css}"], { cwd: project }).map((file) =>
    file.replaceAll("\\", "/"),
  ),
  "dashboards/withVariables.ts",
  "dashboards/kit/units.ts",
  chartLibrary,
  "node_modules/uplot/dist/uPlot.min.css",
]);

const types: Readonly<Record<string, string>> = {
  ".ts": "text/javascript",
  ".js": "text/javascript",
  ".css": "text/css",
};

const read = new Map<string, Asset>();

/** The file at a path of the project; TypeScript without its types. Undefined for all that the page does not need. */
export function assetAt(path: string): Asset | undefined {
  if (!served.has(path)) return undefined;
  const known = read.get(path);
  if (known !== undefined) return known;
  const text = readFileSync(join(project, path), "utf8");
  const extension = extname(path);
  const body = extension === ".ts" ? browserModule(text) : text;
  const asset = { type: `${types[extension] ?? "text/plain"}; charset=utf-8`, body };
  read.set(path, asset);
  return asset;
}

/** A browser does not look for packages by their names. */
function browserModule(text: string): string {
  return stripTypeScriptTypes(text).replaceAll('from "uplot"', `from "/${chartLibrary}"`);
}
