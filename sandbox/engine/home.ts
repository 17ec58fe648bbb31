import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, realpathSync, renameSync, rmSync, symlinkSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { shellQuote } from "../../catalog/shellQuote.ts";
import { writeFileAtomically } from "../../cli/files.ts";
import type { SandboxPaths } from "../paths.ts";
import type { EnginePrograms } from "./programs.ts";

/** Where the engine of one sandbox keeps everything: nothing of it is the user's own. */
export type EngineHome = ReturnType<typeof engineHome>;

/** The folders of a sandbox's engine. */
export function engineHome({ state }: Pick<SandboxPaths, "state">) {
  const root = path.join(state, "engine");
  return {
    /** PULUMI_HOME, with links to the engine (`bin/`) and to the providers (`plugins/`). */
    home: path.join(root, "home"),
    /** The file backend: the stacks' states, their history, locks. */
    backend: path.join(root, "backend"),
    /** File with the passphrase that secrets in the states are encrypted with. */
    passphrase: path.join(root, "passphrase"),
    /** Folder of the stacks' workspaces. */
    workspaces: path.join(root, "workspaces"),
    /** For what its runs would leave in the system's folder: the next one removes it. */
    temporary: path.join(root, "tmp"),
    /** For runs in the user's shell, which may be at work meanwhile: only `down` removes it. */
    shellTemporary: path.join(root, "shell-tmp"),
  };
}

/** Path of the engine. */
export function pulumiOf({ home }: Pick<EngineHome, "home">): string {
  return path.join(home, "bin", "pulumi");
}

/** Makes what is missing of the engine's folders: links to its programs, the backend's folder, the passphrase. */
export function prepareHome(engine: EngineHome, programs: EnginePrograms): void {
  mkdirSync(engine.backend, { recursive: true });
  for (const folder of [engine.temporary, engine.shellTemporary]) mkdirSync(folder, { recursive: true });
  link(programs.pulumi, pulumiOf(engine));
  for (const { name, version, file } of programs.plugins) {
    // Under the version that the SDK asks for, so that the engine looks for no other.
    const program = `pulumi-resource-${name}`;
    link(file, path.join(engine.home, "plugins", `resource-${name}-v${version}`, program));
  }
  // Made once: without it the secrets in the states cannot be read any more.
  if (!existsSync(engine.passphrase))
    writeFileAtomically(engine.passphrase, `${randomBytes(24).toString("base64url")}\n`);
}

/** Links to a program itself: in a sandbox's shell the one on PATH is such a link. Never missing in between, since a run may use it. */
function link(target: string, file: string): void {
  const program = realpathSync(target);
  if (existsSync(file) && realpathSync(file) === program) return;
  mkdirSync(path.dirname(file), { recursive: true });
  const made = `${file}.${process.pid}.tmp`;
  rmSync(made, { force: true });
  symlinkSync(program, made);
  renameSync(made, file);
}

/** What steers Pulumi, Helm or a Kubernetes client: the user's own values are for other clusters and other backends. */
const STEERING = /^(PULUMI_|HELM_|KUBE)/;

/** Names of such variables that the user has set. */
export function steering(): string[] {
  return Object.keys(process.env).filter((name) => STEERING.test(name));
}

/** Lets this process, and what it starts, reach the sandbox's own backend, home and cluster only. */
export function applyEnvironment(engine: EngineHome, paths: SandboxPaths): void {
  for (const name of steering()) Reflect.deleteProperty(process.env, name);
  Object.assign(process.env, ownVariables(engine, paths), { TMPDIR: engine.temporary });
}

/** The variables that make a `pulumi` on PATH work on the sandbox's stacks. */
export function ownVariables(engine: EngineHome, paths: SandboxPaths): Record<string, string> {
  const helm = path.join(engine.home, "helm");
  return {
    PULUMI_HOME: engine.home,
    PULUMI_BACKEND_URL: pathToFileURL(engine.backend).href,
    PULUMI_CONFIG_PASSPHRASE_FILE: engine.passphrase,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // Nothing is downloaded behind the user's back: what is missing is said.
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    // As the program's provider asks for it; the one that is built is too old to read that.
    PULUMI_K8S_ENABLE_PATCH_FORCE: "true",
    // The provider writes the kubeconfig into a file there for Helm, in every run, and never removes it.
    TMPDIR: engine.shellTemporary,
    KUBECONFIG: path.join(paths.state, "kubeconfig"),
    HELM_CACHE_HOME: path.join(helm, "cache"),
    HELM_CONFIG_HOME: path.join(helm, "config"),
    HELM_DATA_HOME: path.join(helm, "data"),
  };
}

/** Removes what ended runs have left in their folder for temporary files. */
export function clearTemporary(engine: EngineHome): void {
  for (const name of readdirSync(engine.temporary))
    rmSync(path.join(engine.temporary, name), { recursive: true, force: true });
}

/** Writes a program that starts the random provider under this Node. */
export function writeRandomProvider(engine: EngineHome, version: string): string {
  const file = path.join(engine.home, "random", "pulumi-resource-random");
  const script = path.join(import.meta.dirname, "randomProvider.ts");
  // By a path of the sandbox's own: what a killed run leaves is known by it.
  const node = path.join(engine.home, "plugins", "node");
  link(process.execPath, node);
  const command = [node, "--import", import.meta.resolve("../../runTypeScript.mjs"), script].map(shellQuote).join(" ");
  writeFileAtomically(file, `#!/bin/sh\nPULUMI_RANDOM_VERSION=${version} exec ${command} "$@"\n`, 0o700);
  return file;
}
