import { execFile, execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";

/** What a first run is of. */
export interface ColdCandidate {
  readonly name: string;
  /** A copy of the project. */
  readonly folder: string;
  /** A settings file instead of the stack's own. */
  readonly settings?: string;
}

/** What a command and all that it started took, in seconds. */
export interface Cost {
  readonly elapsed: number;
  readonly processor: number;
}

/** What Go built, and the processor seconds that it took. */
export type Builds = ReadonlyMap<string, number>;

/** Ports of the benchmark's own. */
const firstPort = 19_040;

/** Runs the sandbox as a user does, with caches of its own: what was there before is not seen. */
export class ColdRun {
  readonly #candidate: ColdCandidate;
  readonly #caches: string;
  readonly #log: string;

  /** @param caches folder of all caches, which it makes */
  constructor(candidate: ColdCandidate, caches: string) {
    this.#candidate = candidate;
    this.#caches = caches;
    this.#log = join(caches, "builds");
    const bin = join(caches, "bin");
    mkdirSync(bin, { recursive: true });
    const go = execFileSync("which", ["go"], { encoding: "utf8" }).trim();
    writeFileSync(join(bin, "go"), timedGo(go, this.#log), { mode: 0o755 });
  }

  /** @throws Error with what the command printed when it fails */
  async sandbox(...argv: string[]): Promise<Cost> {
    const { folder, settings } = this.#candidate;
    const where = ["--state", join(this.#caches, "state"), "--port", String(firstPort)];
    const config = settings === undefined ? [] : ["--config-file", settings];
    const run = ["node", "scripts/run.mjs", "sandbox/main.ts", ...argv, ...where, ...config];
    // Not waited for in between: the benchmark's own process may be the server.
    const options = { cwd: folder, env: this.#environment(), maxBuffer: 2 ** 26 };
    const { stderr } = await promisify(execFile)("bash", ["-c", 'time "$@"', "bash", ...run], options);
    return parseCost(stderr.trim().split("\n").at(-1) ?? "");
  }

  builds(): Builds {
    return parseBuilds(existsSync(this.#log) ? readFileSync(this.#log, "utf8") : "");
  }

  #environment(): NodeJS.ProcessEnv {
    const in_ = (name: string) => join(this.#caches, name);
    return {
      ...process.env,
      XDG_CACHE_HOME: in_("programs"),
      GOCACHE: in_("go"),
      GOMODCACHE: in_("modules"),
      npm_config_cache: in_("npm"),
      PATH: [in_("bin"), process.env["PATH"]].join(delimiter),
      // It may put folders before ours into PATH.
      BASH_ENV: "",
      TIMEFORMAT: costFormat,
    };
  }
}

/** For bash: seconds elapsed, of the user's processes and of the system. */
const costFormat = "%R %U %S";

/** What bash's `time` says. @throws Error for other words */
export function parseCost(line: string): Cost {
  const found = /^(\d+\.\d+) (\d+\.\d+) (\d+\.\d+)$/.exec(line);
  if (found === null) throw new Error(`no times in "${line}"`);
  const [elapsed = 0, user = 0, system = 0] = found.slice(1).map(Number);
  return { elapsed, processor: user + system };
}

/** Times of builds by the name of their program, a line each. */
export function parseBuilds(log: string): Builds {
  const lines = [...log.matchAll(/^(.+) (\d+\.\d+ \d+\.\d+ \d+\.\d+)$/gm)];
  return new Map(lines.map(([, name = "", cost = ""]) => [name, parseCost(cost).processor]));
}

/** A `go` that writes down what each build takes, under the name of the program that it makes. */
function timedGo(go: string, log: string): string {
  return `#!/usr/bin/env bash
if [ "$1" != build ]; then exec '${go}' "$@"; fi
for ((i = 1; i < $#; i++)); do if [ "\${!i}" = -o ]; then next=$((i + 1)) && name=$(basename "\${!next}"); fi; done
TIMEFORMAT="\${name%%.*} ${costFormat}"
exec 3>&2
{ time '${go}' "$@" 2>&3 3>&-; } 2>> '${log}'
`;
}
