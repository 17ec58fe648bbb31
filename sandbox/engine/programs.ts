import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import type { SandboxPaths } from "../paths.ts";
import type { Report } from "../report.ts";
import { isOlder } from "../programs/goModule.ts";
import { programOnPath } from "../programs/onPath.ts";
import { ensureTools } from "../programs/tools.ts";
import { type EngineHome, writeRandomProvider } from "./home.ts";

/** The engine and the providers that a run needs. */
export interface EnginePrograms {
  /** Path of the engine. */
  pulumi: string;
  plugins: Plugin[];
}

/** A provider, and the version that the SDK asks for it in. */
export interface Plugin {
  name: string;
  /** As "4.34.2". */
  version: string;
  file: string;
}

const installed = createRequire(import.meta.url);

/** Version of an npm package of the project, as "3.270.0". */
export function sdkVersion(name: string): string {
  return (installed(`@pulumi/${name}/package.json`) as { version: string }).version;
}

/**
 * Finds the engine on PATH or in PULUMI_HOME where a version that fits is there, the providers in PULUMI_HOME; builds what is
 * missing from the modules that tools/ pins.
 *
 * @returns also a line that says which
 */
export async function findPrograms(
  engine: EngineHome,
  paths: SandboxPaths,
  report: Report,
): Promise<EnginePrograms & { line: string }> {
  const userHome = process.env.PULUMI_HOME;
  const pulumi = (await programOnPath("pulumi", ["version"], fits)) ?? (await inHome(userHome));
  const kubernetes = pluginIn(userHome, "kubernetes");
  const random = pluginIn(userHome, "random");
  const missing = [
    ...(pulumi === undefined ? (["pulumi"] as const) : []),
    ...(kubernetes === undefined ? (["pulumi-resource-kubernetes"] as const) : []),
  ];
  const built: Partial<Record<"pulumi" | "pulumi-resource-kubernetes", string>> = await ensureTools(
    missing,
    paths,
    report,
  );
  const plugin = (name: string, file: string): Plugin => ({ name, version: sdkVersion(name), file });
  return {
    pulumi: pulumi ?? built.pulumi ?? "",
    plugins: [
      plugin("kubernetes", kubernetes ?? built["pulumi-resource-kubernetes"] ?? ""),
      plugin("random", random ?? writeRandomProvider(engine, sdkVersion("random"))),
    ],
    line: `engine ${pulumi ?? "built"}, Kubernetes provider ${kubernetes ?? "built"}, random provider ${random ?? "the sandbox's own"}`,
  };
}

/** An engine fits when it understands the SDK: the same major version, and not older. */
export function fits(version: string): boolean {
  const found = version.replace(/^v/, "");
  const sdk = sdkVersion("pulumi");
  return found.split(".")[0] === sdk.split(".")[0] && !isOlder(found.replace(/-.*/, ""), sdk);
}

async function inHome(home: string | undefined): Promise<string | undefined> {
  if (home === undefined) return undefined;
  return programOnPath("pulumi", ["version"], fits, path.join(home, "bin"));
}

/** A provider of exactly the SDK's version, as `pulumi plugin install` leaves it. */
function pluginIn(home: string | undefined, name: string): string | undefined {
  if (home === undefined) return undefined;
  const file = path.join(home, "plugins", `resource-${name}-v${sdkVersion(name)}`, `pulumi-resource-${name}`);
  return existsSync(file) ? file : undefined;
}
