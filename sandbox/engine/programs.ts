import { existsSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import semver from "semver";
import type { SandboxPaths } from "../paths.ts";
import type { Report } from "../../cli/report.ts";
import { programOnPath } from "../programs/onPath.ts";
import { sdkVersion } from "../../artifacts/programs/releases.ts";
import { ensureReleased, ensureTools } from "../programs/tools.ts";
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

/**
 * Finds the engine on PATH or in PULUMI_HOME where a version that fits is there, the providers in PULUMI_HOME; what is missing, or with
 * `--from-source` all, is downloaded or built from the modules that tools/ pins.
 *
 * @returns also a line that says which
 */
export async function findPrograms(
  engine: EngineHome,
  paths: SandboxPaths,
  report: Report,
): Promise<EnginePrograms & { line: string }> {
  const fromSource = paths.programs?.fromSource === true;
  const userHome = fromSource ? undefined : (process.env.PULUMI_HOME ?? path.join(homedir(), ".pulumi"));
  const found = {
    pulumi: fromSource ? undefined : ((await programOnPath("pulumi", ["version"], fits)) ?? (await inHome(userHome))),
    "pulumi-resource-kubernetes": pluginIn(userHome, "kubernetes"),
  };
  const missing = (["pulumi", "pulumi-resource-kubernetes"] as const).filter((name) => found[name] === undefined);
  const { pulumi = "", "pulumi-resource-kubernetes": kubernetes = "" } = {
    ...found,
    ...((await ensureTools(missing, paths, report)) as Partial<typeof found>),
  };
  const random = pluginIn(userHome, "random") ?? (await ensureReleased("pulumi-resource-random", paths, report));
  const plugin = (name: string, file: string): Plugin => ({ name, version: sdkVersion(name), file });
  return {
    pulumi,
    plugins: [
      plugin("kubernetes", kubernetes),
      plugin("random", random ?? writeRandomProvider(engine, sdkVersion("random"))),
    ],
    line: `engine ${pulumi}, Kubernetes provider ${kubernetes}, random provider ${random ?? "the sandbox's own"}`,
  };
}

/** An engine fits when it understands the SDK: the same major version, and not older. */
export function fits(version: string): boolean {
  return semver.satisfies(semver.coerce(version) ?? "0.0.0", `^${sdkVersion("pulumi")}`);
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
