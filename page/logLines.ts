import { getText } from "./http.ts";
import { type LogLine, linesOfAnswer, linesPath } from "./model/logLines.ts";

/**
 * Reads the lines of a filter, by their times.
 *
 * @param logs base URL of VictoriaLogs
 * @throws UserError when it does not answer
 */
export async function readLines(logs: string, filter: string): Promise<LogLine[]> {
  return linesOfAnswer(await getText(`${logs}${linesPath(filter)}`));
}
