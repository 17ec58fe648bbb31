import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { UserError } from "../../cli/errors.ts";
import type { SandboxPaths } from "../paths.ts";
import type { Report } from "../../cli/report.ts";
import { isOlder } from "../programs/goModule.ts";
import { type CachedFolder, ensureCachedFolder } from "./cachedFolder.ts";

/** The Python that runs the sample API, and the packages that the operator's image would add to it. */
export interface PythonEnvironment {
  /** Python of a virtual environment with the API's locked dependencies. */
  python: string;
  /** Where that environment has its packages. */
  sitePackages: string;
  /** Folder of the auto-instrumentation's packages. */
  packages: string;
}

/** Where a virtual environment has its Python. */
const pythonInside = path.join("bin", "python");

/** The operator's packages and the API need it. */
const MINIMUM = "3.10";

/**
 * Makes the Python environments once for each state of the lock files; any number of processes may ask at once.
 *
 * @throws UserError when there is no usable Python, or the packages cannot be installed.
 */
export async function ensurePython(paths: SandboxPaths, report: Report): Promise<PythonEnvironment> {
  const python = await findPython();
  const apiLock = path.join(paths.project, "apps/python-api/requirements.lock");
  const packages = await ensureInjectedPackages(python, paths, report);
  const environment = await ensureVirtualEnvironment(apiLock, python, paths, report);
  return { python: environment, sitePackages: sitePackages(environment, python), packages };
}

/** The packages of the operator's image, installed by one Python for whichever Python loads them; resolves to their folder. */
export function ensureInjectedPackages(python: Python, paths: SandboxPaths, report: Report): Promise<string> {
  const lock = path.join(paths.project, "sandbox/telemetry/python/requirements.lock");
  return ensureCachedFolder(cachedFolder(paths, lock, python), report, async (folder, run) => {
    // With venv comes a pip: Python itself has none on Debian.
    const venv = `${folder}.venv`;
    try {
      await run([python.command, "-m", "venv", venv], { env: pipEnvironment() });
      await run([...pip(path.join(venv, pythonInside)), "--target", folder, "-r", lock], { env: pipEnvironment() });
    } finally {
      rmSync(venv, { recursive: true, force: true });
    }
  });
}

/** Where a virtual environment has its packages. */
export function sitePackages(environmentPython: string, { version }: Python): string {
  const [major = "", minor = ""] = version.split(".");
  return path.join(path.dirname(path.dirname(environmentPython)), "lib", `python${major}.${minor}`, "site-packages");
}

/** A virtual environment with the packages of one lock file; resolves to its Python. */
export async function ensureVirtualEnvironment(
  lock: string,
  python: Python,
  paths: SandboxPaths,
  report: Report,
): Promise<string> {
  const folder = await ensureCachedFolder(cachedFolder(paths, lock, python), report, async (made, run) => {
    await run([python.command, "-m", "venv", made], { env: pipEnvironment() });
    await run([...pip(path.join(made, pythonInside)), "-r", lock], { env: pipEnvironment() });
  });
  return path.join(folder, pythonInside);
}

/** A Python of the machine. */
export interface Python {
  command: string;
  /** As `3.11.7`. */
  version: string;
}

/** @throws UserError when none is on PATH, it is too old, or it cannot make virtual environments. */
export async function findPython(command = "python3"): Promise<Python> {
  const wanted = `Python ${MINIMUM} or newer with venv`;
  const install = `install ${wanted} (on Debian: python3 and python3-venv)`;
  let version: string;
  try {
    const { stdout } = await promisify(execFile)(command, ["-c", "import platform; print(platform.python_version())"]);
    version = stdout.trim();
  } catch {
    throw new UserError(`${command} is not on PATH, and the sample API runs on it: ${install}`);
  }
  if (isOlder(version, MINIMUM))
    throw new UserError(`${command} is ${version}, which is too old for the sample API: ${install}`);
  try {
    await promisify(execFile)(command, ["-c", "import venv, ensurepip"]);
  } catch {
    throw new UserError(`${command} ${version} cannot make virtual environments: ${install}`);
  }
  return { command, version };
}

/** Only wheels, each held to its hash: no code of a package runs while it is installed. */
function pip(python: string): string[] {
  return [
    ...[python, "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"],
    ...["--require-hashes", "--only-binary", ":all:"],
  ];
}

/** The folder for the packages of a lock file, and what is said while they are installed. */
function cachedFolder(paths: SandboxPaths, lock: string, python: Python): CachedFolder {
  const project = path.basename(path.dirname(lock));
  const inputs = [python.version, readFileSync(lock, "utf8")].join("\0");
  const name = `${project}-${path.parse(lock).name}-${createHash("sha256").update(inputs).digest("hex").slice(0, 8)}`;
  return {
    folder: path.join(paths.cache, "python", name),
    label: `installing the Python packages of ${path.relative(paths.project, lock)}`,
  };
}

/** These would make pip install elsewhere; a mirror or proxy that the user has set stays. */
function pipEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, PYTHONPATH: undefined, PIP_TARGET: undefined, PIP_USER: undefined };
}
