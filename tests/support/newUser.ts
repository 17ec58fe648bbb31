import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { silentReport } from "../../cli/silentReport.ts";
import { ensureTools } from "../../sandbox/programs/tools.ts";
import type { SandboxPaths } from "../../sandbox/paths.ts";
import { type LocalPorts, type PortMap, userPorts } from "../../sandbox/telemetry/loopback.ts";
import { telemetryPorts } from "../../sandbox/telemetry/local.ts";

/** Somebody who types what README.md and docs/ say, into a shell in the project's folder. */
export interface NewUser {
  /**
   * Runs a command of a page.
   *
   * @param flags that the sandbox gets besides, e.g. to be done sooner
   * @returns what it prints, without what npm says of its script
   * @throws with what it says, when it fails
   */
  readonly types: (command: string, ...flags: string[]) => Promise<string>;
}

/** @param where the user's sandbox, which is not where the pages have it: others may run there. */
export function newUser(where: () => SandboxPaths): NewUser {
  return {
    types: async (command, ...flags) => {
      const paths = where();
      const { kubectl } = await ensureTools(["kubectl"], paths, silentReport);
      const env = {
        ...process.env,
        PATH: `${path.dirname(kubectl)}:${process.env.PATH ?? ""}`,
        KUBECONFIG: path.join(paths.state, "kubeconfig"),
      };
      const options = { cwd: paths.project, env, maxBuffer: 2 ** 24 };
      const { stdout } = await promisify(execFile)("sh", ["-c", commandFor(command, paths, flags)], options);
      return stdout.replaceAll(/^(> .*)?\n/gm, "");
    },
  };
}

/** The command of a page for a sandbox in that folder, on those ports. */
export function commandFor(command: string, paths: SandboxPaths, flags: readonly string[] = []): string {
  const ports = Object.entries<number | PortMap>({ ...telemetryPorts(paths) });
  const local = new Map(ports.map(([name, port]) => [userPorts[name as keyof LocalPorts], port]));
  const own = ["--state", paths.state, "--port", String(paths.firstPort), ...flags].map((flag) => `'${flag}'`);
  return command
    .replaceAll(
      /npm run sandbox( -- [^&;|]*[^&;|\s])?/g,
      (_call, verb = " --") => `npm run sandbox${verb} ${own.join(" ")}`,
    )
    .replaceAll(".sandbox/", `${paths.state}/`)
    .replaceAll("curl localhost:", "curl --fail-with-body --silent --show-error localhost:")
    .replaceAll(/localhost:(\d+)/g, (address, port: string) => {
      const here = local.get(Number(port));
      return typeof here === "number" ? `127.0.0.1:${here}` : address;
    });
}
