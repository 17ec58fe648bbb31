import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dump, load } from "js-yaml";
import { createReport } from "../../cli/report.ts";
import { type SandboxPaths, sandboxPaths } from "../../sandbox/paths.ts";
import { stopSandbox } from "../../sandbox/stop.ts";
import { cleanUpOnce } from "./cleanUp.ts";
import { formerCommit, writeFormerProgram } from "./formerProgram.ts";

/** A program that the engine runs. */
export interface Candidate {
  readonly name: string;
  readonly folder: string;
  /** How its Node.js process starts. */
  readonly nodeargs: readonly string[];
  readonly stack: string;
  /** Path of its settings file, which `writeSettings` writes. */
  readonly settings: string;
}

/** Runs the program of now and that of commit 06fdc80 on the engine and the clusters of now. */
export class SandboxBench {
  readonly work: string;
  readonly paths: SandboxPaths;
  readonly former: Candidate;
  readonly present: Candidate;
  /** Ends the cluster and removes everything, once. */
  readonly cleanUp: () => Promise<void>;

  /** @param firstPort of the benchmark's own ports */
  constructor(firstPort: number, stack: string) {
    this.work = mkdtempSync(join(tmpdir(), "fluffy-observability-bench-"));
    this.paths = sandboxPaths({ state: join(this.work, "state"), port: firstPort });
    const candidate = (name: string, folder: string, start: string): Candidate => {
      return { name, folder, nodeargs: ["--import", start], stack, settings: join(this.work, `${name}.yaml`) };
    };
    this.former = candidate(formerCommit, join(this.work, "former"), "tsx");
    this.present = candidate("now", this.paths.project, "./runTypeScript.mjs");
    this.cleanUp = cleanUpOnce(async () => {
      await stopSandbox(this.paths, createReport());
      rmSync(this.work, { recursive: true, force: true });
    });
  }

  writeFormerProgram(): void {
    writeFormerProgram(this.paths.project, this.former.folder);
  }

  /**
   * Writes a candidate's settings: those of a file, with the mirror, of which nothing is recorded here.
   *
   * @param file path of a settings file. @default the stack's own, in the candidate's folder
   */
  writeSettings({ folder, stack, settings }: Candidate, artifactsMirror: string, file?: string): void {
    const text = readFileSync(file ?? join(folder, `Pulumi.${stack}.yaml`), "utf8");
    const { config } = load(text) as { config: Record<string, unknown> };
    const own = { artifactsMirror, artifactsLocked: false };
    const prefixed = Object.entries(own).map(([key, value]) => [`fluffy-observability:${key}`, value] as const);
    writeFileSync(settings, dump({ config: { ...config, ...Object.fromEntries(prefixed) } }));
  }

  /**
   * Runs a verb as a user does: in a process of its own, whose start counts.
   *
   * @returns what it printed
   * @throws Error with what it said when it fails
   */
  run({ folder, nodeargs, stack, settings }: Candidate, verb: string, ...flags: string[]): string {
    const { state, firstPort, project } = this.paths;
    const where = ["--state", state, "--port", String(firstPort), "--project", folder, "--stack", stack];
    const argv = [...nodeargs, "sandbox/main.ts", verb, ...where, "--config-file", settings, ...flags];
    const { status, stdout, stderr } = spawnSync(process.execPath, argv, { cwd: project, encoding: "utf8" });
    if (status !== 0) throw new Error(`sandbox ${verb} of ${folder} ended with ${String(status)}: ${stderr}`);
    return stdout;
  }

  /** Seconds that a verb takes. */
  timed(candidate: Candidate, verb: string): number {
    const started = performance.now();
    this.run(candidate, verb);
    return (performance.now() - started) / 1000;
  }
}
