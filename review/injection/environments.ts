import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import path from "node:path";
import { versions } from "../../catalog/versions.ts";
import type { SandboxPaths } from "../../sandbox/paths.ts";
import type { Report } from "../../cli/report.ts";
import { ensureCachedFolder } from "../../sandbox/telemetry/cachedFolder.ts";
import { ensureVirtualEnvironment, type Python, sitePackages } from "../../sandbox/telemetry/python.ts";
import type { Place } from "./application.ts";
import { minorVersion } from "./pythons.ts";

/** Where an application runs, and what stands for the folders of its container. */
export interface Environment extends Place {
  readonly places: Readonly<Record<string, string>>;
}

const applicationsFolder = path.join(import.meta.dirname, "apps");

/**
 * A Python with the packages of one lock file, as an official image would have it.
 *
 * @param lock name of the lock file in requirements/
 */
export async function pythonEnvironment(
  lock: string,
  python: Python,
  paths: SandboxPaths,
  report: Report,
): Promise<Environment> {
  const install = (name: string) =>
    ensureVirtualEnvironment(path.join(import.meta.dirname, "requirements", `${name}.lock`), python, paths, report);
  const runtime = await install(lock);
  // An application in a virtual environment has other packages beside it.
  const global = lock === "environment" ? await install("tools") : runtime;
  const image = Object.fromEntries(
    Array.from({ length: 16 }, (_, minor) => [
      `/usr/local/lib/python3.${minor}/site-packages`,
      // What this machine has there is none of the application's.
      minor === minorVersion(python) ? sitePackages(global, python) : "/nonexistent",
    ]),
  );
  return {
    runtime,
    folder: path.join(applicationsFolder, "python"),
    program: (name) => path.join(path.dirname(runtime), name),
    places: { ...image, "/app/.venv/lib/python3/site-packages": sitePackages(runtime, python) },
  };
}

/**
 * The Node.js applications with their packages, in a folder of their own.
 *
 * @param folder is filled
 */
export async function nodejsEnvironment(folder: string, paths: SandboxPaths, report: Report): Promise<Environment> {
  const source = path.join(applicationsFolder, "nodejs");
  const locked = ["package.json", "package-lock.json"];
  const hash = createHash("sha256").update(readFileSync(path.join(source, "package-lock.json")));
  const packages = await ensureCachedFolder(
    {
      folder: path.join(paths.cache, "node", `harmless-${hash.digest("hex").slice(0, 8)}`),
      label: "installing the packages of review/injection/apps/nodejs",
    },
    report,
    async (made, run) => {
      mkdirSync(made, { recursive: true });
      for (const file of locked) cpSync(path.join(source, file), path.join(made, file));
      await run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: made });
    },
  );
  cpSync(source, folder, { recursive: true });
  symlinkSync(path.join(packages, "node_modules"), path.join(folder, "node_modules"));
  return { runtime: process.execPath, folder, program: (name) => name, places: {} };
}

/**
 * The Java application, compiled, with the agent that the operator's image holds.
 *
 * @param folder is filled
 * @returns also the folder of the agent
 */
export async function javaEnvironment(
  folder: string,
  paths: SandboxPaths,
  report: Report,
): Promise<Environment & { packages: string }> {
  const agent = `io.opentelemetry.javaagent:opentelemetry-javaagent:${versions.javaAutoInstrumentation}`;
  const packages = await ensureCachedFolder(
    {
      folder: path.join(paths.cache, "java", `javaagent-${versions.javaAutoInstrumentation}`),
      label: "fetching the Java agent by Maven",
    },
    report,
    async (made, run) => {
      mkdirSync(made, { recursive: true });
      const copy = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy";
      const where = [`-Dartifact=${agent}`, `-DoutputDirectory=${made}`, "-Dmdep.stripVersion=true"];
      await run(["mvn", "--batch-mode", "--quiet", copy, ...where], { cwd: made });
      cpSync(path.join(made, "opentelemetry-javaagent.jar"), path.join(made, "javaagent.jar"));
    },
  );
  const classes = path.join(folder, "classes");
  await ensureCachedFolder({ folder: classes, label: "compiling review/injection/apps/java" }, report, (made, run) =>
    run(["javac", "-d", made, path.join(applicationsFolder, "java/Server.java")]),
  );
  return { runtime: "java", folder, program: (name) => path.join(folder, name), places: {}, packages };
}
