import { realpathSync } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";

/** The folders and ports of one sandbox; every path is absolute. */
export interface SandboxPaths {
  /** Folder of what is downloaded or built once: `<XDG_CACHE_HOME or ~/.cache>/fluffy-observability`. */
  cache: string;
  /** Folder of one sandbox's own files: its cluster, kubeconfig and the engine's state. */
  state: string;
  /** Folder of the project, the one that holds Pulumi.yaml. */
  project: string;
  /** First of the ten loopback ports that belong to the cluster: `firstPort` to `firstPort + 9`. */
  firstPort: number;
  /** Where its programs come from. @default upstream's releases */
  programs?: ProgramSource;
}

/** Where programs come from that are not there yet. */
export interface ProgramSource {
  /** The setting `artifactsMirror`: a folder or URL that has upstream's releases. @default "" - upstream itself */
  mirror?: string;
  /** Whether they are built, whatever could be downloaded or is on PATH. @default false */
  fromSource?: boolean;
}

/** @default the cluster's ports are 16440 to 16449 */
export const defaultFirstPort = 16440;

/**
 * Where the sandbox keeps its files.
 *
 * @param options.state folder of the sandbox's own files, relative to the current folder. @default `<project>/.sandbox`
 * @param options.port first port of the cluster. @default 16440
 * @param options others say where programs come from
 */
export function sandboxPaths(options: { state?: string; port?: number } & ProgramSource = {}): SandboxPaths {
  const project = resolve(import.meta.dirname, "..");
  // The XDG specification: an empty or relative value counts as not set.
  const xdgCache = process.env.XDG_CACHE_HOME;
  const cacheHome = xdgCache?.startsWith("/") ? xdgCache : join(homedir(), ".cache");
  return {
    cache: join(cacheHome, "fluffy-observability"),
    state: withoutLinks(options.state === undefined ? join(project, ".sandbox") : resolve(options.state)),
    project,
    firstPort: options.port ?? defaultFirstPort,
    programs: { mirror: options.mirror ?? "", fromSource: options.fromSource ?? false },
  };
}

/** One name for one folder, whether it is there already or not: the cluster's processes are known by it. */
function withoutLinks(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    const parent = dirname(folder);
    return parent === folder ? folder : join(withoutLinks(parent), basename(folder));
  }
}
