import { isOurs, type OwnedProcess } from "../../cli/daemons/ownedProcess.ts";
import { readRecords } from "../../cli/daemons/records.ts";
import { poll } from "../../cli/poll.ts";
import { isRunning, signalProcess } from "../../cli/processes.ts";

/**
 * Kills the programs of a state folder after the last test: nobody wants what they still hold, and Jaeger takes five seconds to end.
 *
 * @throws Error when one cannot be killed
 */
export async function killPrograms(folder: string): Promise<void> {
  await Promise.all(readRecords(folder).filter(isOurs).map(kill));
}

async function kill(owned: OwnedProcess): Promise<void> {
  signalProcess(owned, "SIGKILL");
  if (!(await poll(() => !isRunning(owned), 10_000, 50))) throw new Error(`process ${owned.pid} cannot be killed`);
}
