import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { type EnvironmentMarker, EnvironmentMarkerVariable, parsePipRequirementsLine } from "pip-requirements-js";
import type { Instrumented, NodejsInstrumentation, PythonInstrumentation, SupportedPackage } from "./instrumented.ts";
import type { InstrumentationModules } from "./moduleDefinitions.ts";
import { pythonName } from "./pythonName.ts";

const project = resolve(import.meta.dirname, "../..");

/**
 * Reads what the injected packages instrument.
 *
 * @param pythonPackages folder of installed Python packages, as `pip install --target` makes it
 * @param nodePackages folder with `node_modules`
 * @throws when one of them does not hold the injected packages
 */
export async function readInstrumented(pythonPackages: string, nodePackages: string): Promise<Instrumented> {
  const python = readPython(pythonPackages);
  const nodejs = await readNodejs(nodePackages);
  return { ...python.version, ...nodejs.version, python: python.instrumentations, ...nodejs.instrumentations };
}

function readPython(folder: string) {
  const distributions = readdirSync(folder).sort();
  const information = (name: RegExp) => distributions.filter((entry) => name.test(entry));
  const [distro] = information(/^opentelemetry_distro-.*\.dist-info$/);
  if (distro === undefined) throw new Error(`${folder} does not hold the Python package opentelemetry-distro`);
  const instrumentations: Record<string, PythonInstrumentation> = {};
  for (const entry of information(/^opentelemetry_instrumentation_.*\.dist-info$/)) {
    const loads = entryPoints(join(folder, entry, "entry_points.txt"));
    // The ones for ASGI, WSGI and the DB-API are libraries of the others: nothing loads them by themselves.
    if (loads.length === 0) continue;
    const headers = metadataHeaders(join(folder, entry, "METADATA"));
    const name = pythonName(headers.find(([key]) => key === "Name")?.[1] ?? "");
    instrumentations[name.replace("opentelemetry-instrumentation-", "")] = {
      loads,
      all: supportedPackages(headers, "instruments"),
      any: supportedPackages(headers, "instruments-any"),
    };
  }
  const version = metadataHeaders(join(folder, distro, "METADATA")).find(([key]) => key === "Version")?.[1] ?? "";
  return { version: { pythonAutoInstrumentation: version }, instrumentations };
}

/** Names of the group that the distro loads; "" or no file: none. */
function entryPoints(file: string): string[] {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return [];
  }
  const [, group = ""] = /^\[opentelemetry_instrumentor\]\n([^[]*)/m.exec(text) ?? [];
  return [...group.matchAll(/^([^\s=]+)\s*=/gm)].map(([, name = ""]) => name).sort();
}

/** The headers of a METADATA file, which has the form of an e-mail. */
function metadataHeaders(file: string): [key: string, value: string][] {
  const [head = ""] = readFileSync(file, "utf8").split(/\r?\n\r?\n/, 1);
  return [...head.matchAll(/^([\w-]+): (.*)$/gm)].map(([, key = "", value = ""]) => [key, value.trim()]);
}

function supportedPackages(headers: readonly [key: string, value: string][], extra: string): SupportedPackage[] {
  return headers.flatMap(([key, value]) => {
    if (key !== "Requires-Dist") return [];
    const requirement = parsePipRequirementsLine(value);
    if (requirement?.type !== "ProjectName" || !ofExtra(requirement.environmentMarkerTree, extra)) return [];
    const range = (requirement.versionSpec ?? []).map(({ operator, version }) => `${operator}${version}`).join(",");
    return [{ package: pythonName(requirement.name), range }];
  });
}

function ofExtra(marker: EnvironmentMarker | undefined, extra: string): boolean {
  if (marker === undefined) return false;
  const { left, right } = marker;
  if (typeof left === "object") return ofExtra(left, extra) || (typeof right === "object" && ofExtra(right, extra));
  // The parser keeps the quotes.
  return left === EnvironmentMarkerVariable.Extra && typeof right === "string" && right.slice(1, -1) === extra;
}

async function readNodejs(folder: string) {
  const name = "@opentelemetry/auto-instrumentations-node";
  const manifest = readFileSync(join(folder, "node_modules", name, "package.json"), "utf8");
  const { version } = JSON.parse(manifest) as { version: string };
  // OTEL_NODE_ENABLED_INSTRUMENTATIONS and the like would change the list.
  const env = Object.fromEntries(Object.entries(process.env).filter(([key]) => !key.startsWith("OTEL_")));
  const program = join(import.meta.dirname, "moduleDefinitions.ts");
  const args = ["--import", "./runTypeScript.mjs", program, resolve(folder)];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: project, env });
  const nodejs: Record<string, NodejsInstrumentation[]> = {};
  const nodejsWithoutModules: string[] = [];
  for (const { name: instrumentation, modules } of JSON.parse(stdout) as InstrumentationModules[]) {
    if (modules.length === 0) nodejsWithoutModules.push(instrumentation);
    for (const { name: module, supportedVersions } of modules) {
      if (isBuiltin(module)) continue;
      const ranges = supportedVersions.map((range) => ({ instrumentation, range }));
      nodejs[module] = [...(nodejs[module] ?? []), ...ranges];
    }
  }
  const byName = Object.fromEntries(Object.entries(nodejs).sort(([a], [b]) => (a < b ? -1 : 1)));
  return {
    version: { nodejsAutoInstrumentation: version },
    instrumentations: { nodejs: byName, nodejsWithoutModules: nodejsWithoutModules.sort() },
  };
}
