import { runEngine } from "./command.ts";
import type { Options } from "../options.ts";
import { type EngineHome, pulumiOf } from "./home.ts";

/**
 * A stack's outputs, secrets as "[secret]" wherever they are nested. The Automation API's own give away a secret that is only a
 * part of an output.
 *
 * @param folder the stack's workspace
 */
export async function readOutputs(engine: EngineHome, folder: string, { stack, showSecrets }: Options) {
  const args = ["stack", "output", "--json", "--stack", stack, ...(showSecrets ? ["--show-secrets"] : [])];
  const { stdout } = await runEngine(pulumiOf(engine), args, { cwd: folder });
  return JSON.parse(stdout) as Record<string, unknown>;
}
