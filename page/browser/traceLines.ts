import { type LogLine, linesOfAnswer, linesPath } from "../model/logLines.ts";
import type { Trace } from "../model/trace.ts";
import { traceLines, unnamed } from "../model/traceLines.ts";
import { askText } from "./ask.ts";
import { element, failure, scrolling } from "./dom.ts";
import { linesTable } from "./linesTable.ts";

/** Shows the log lines of a trace, the oldest first. */
export async function showLines(place: HTMLElement, trace: Trace): Promise<void> {
  const heading = element("h2", {}, "Log lines");
  try {
    const { lines } = await traceLines(read, trace);
    if (lines.length === 0) {
      place.replaceChildren(heading, element("p", {}, "The log store has no line of this trace."));
      return;
    }
    const shown = [scrolling("Log lines", linesTable("Log lines of the trace", lines))];
    const explained = lines.some(({ traceId }) => traceId === undefined) ? [element("p", {}, unnamed)] : [];
    place.replaceChildren(heading, ...shown, ...explained);
  } catch (error) {
    place.replaceChildren(heading, failure(error));
  }
}

async function read(filter: string): Promise<LogLine[]> {
  return linesOfAnswer(await askText(`/logs${linesPath(filter)}`));
}
