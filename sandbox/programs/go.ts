import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { UserError } from "../../cli/errors.ts";
import { isOlder } from "./goModule.ts";

/**
 * Checks that the machine's Go can build for a module.
 *
 * @param needed lowest version, as `1.26.0`
 * @throws UserError with one line that says what to install
 */
export async function checkGo(needed: string): Promise<void> {
  const problem = goProblem(needed, await ask(["env", "GOVERSION"]), await ask(["env", "GOTOOLCHAIN"]));
  if (problem !== undefined) throw new UserError(problem);
}

/**
 * What is wrong with the machine's Go, in one line.
 *
 * @param version what `go env GOVERSION` prints, as `go1.26.8`; `undefined` when there is no Go
 * @param toolchain what `go env GOTOOLCHAIN` prints: with `auto`, Go 1.21 and later fetch a newer Go by themselves
 */
export function goProblem(needed: string, version?: string, toolchain?: string): string | undefined {
  const install = `install Go ${needed} or newer from https://go.dev/dl and put it on PATH`;
  if (version === undefined) return `Go is not installed, and the sandbox builds its programs with it: ${install}`;
  const found = /^go(\d+(?:\.\d+)*)/.exec(version)?.[1];
  // A development build of Go has no number to compare: it is taken as new enough.
  if (found === undefined || !isOlder(found, needed)) return undefined;
  const fetchesNewer = toolchain?.startsWith("auto") === true && !isOlder(found, "1.21");
  return fetchesNewer ? undefined : `Go ${found} is too old to build the sandbox's programs: ${install}`;
}

async function ask(args: string[]): Promise<string | undefined> {
  try {
    // In the root folder: inside a module Go would first switch to the version that the module asks for.
    const { stdout } = await promisify(execFile)("go", args, { cwd: "/", env: { ...process.env, GOWORK: "off" } });
    return stdout.trim();
  } catch {
    return undefined;
  }
}
