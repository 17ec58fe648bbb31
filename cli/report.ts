/** One long step, shown while it lasts. */
export interface Activity {
  /** Says what the step is doing or waiting for right now. */
  update: (detail: string) => void;
  /** Ends the step with a line. */
  done: (detail?: string) => void;
  /** Ends the step with a line that says it failed; the reason is printed by whoever handles the error. */
  fail: (detail?: string) => void;
}

/** An activity that may also end without a line: nothing worth saying happened. */
export interface QuietActivity extends Activity {
  drop: () => void;
}

/** Where a command tells a person what it does. Results go to standard output, this goes to standard error. */
export interface Report {
  /** Prints one line. */
  note(line: string): void;
  /** Starts a long step, e.g. "building kube-apiserver (2 of 6)". */
  activity(label: string): QuietActivity;
}

/**
 * Does a long step, shown while it lasts; one that throws has failed.
 *
 * @param work may give what the step's last line says in the place of "done"
 */
export async function during(
  report: Report,
  label: string,
  work: (activity: Activity) => Promise<string | undefined>,
): Promise<void> {
  const activity = report.activity(label);
  try {
    activity.done(await work(activity));
  } catch (error) {
    activity.fail();
    throw error;
  }
}

/** What a report writes to: `process.stderr` fits. */
export interface ReportStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** A step, or a new detail of it, is printed as a plain line only when it is still at it after this time. */
const DETAIL_DELAY_MS = 2000;
/** How often the line of a step that has not changed is repeated, so that a log shows that the run is alive. */
const REPEAT_MS = 30_000;
const REDRAW_MS = 120;

/** A report that redraws one status line on a terminal and prints plain lines elsewhere. */
export function createReport(stream: ReportStream = process.stderr, now: () => number = Date.now): Report {
  return stream.isTTY === true ? new TerminalReport(stream, now) : new PlainReport(stream, now);
}

/** Elapsed time in seconds as people read it, e.g. "0.4 s", "1 min 05 s". */
export function elapsed(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${String(Math.floor(whole / 60))} min ${String(whole % 60).padStart(2, "0")} s`;
}

/** @param end ends the step, with a line where there is something to say */
function activityOf(update: Activity["update"], end: (line?: string) => void): QuietActivity {
  return {
    update,
    done: (detail = "done") => {
      end(detail);
    },
    fail: (detail = "failed") => {
      end(detail);
    },
    drop: () => {
      end();
    },
  };
}

class PlainReport implements Report {
  readonly #stream: ReportStream;
  readonly #now: () => number;

  constructor(stream: ReportStream, now: () => number) {
    this.#stream = stream;
    this.#now = now;
  }

  note(line: string): void {
    this.#stream.write(`${line}\n`);
  }

  activity(label: string): QuietActivity {
    const started = this.#now();
    let latest = "";
    let printed = "";
    let soon = true;
    const printLatest = () => {
      printed = latest;
      this.note(`${label}${latest === "" ? "" : `: ${latest}`} (${elapsed(this.#now() - started)} so far)`);
      soon = false;
      timer = setTimeout(printLatest, REPEAT_MS).unref();
    };
    let timer = setTimeout(printLatest, DETAIL_DELAY_MS).unref();
    const end = (line?: string) => {
      clearTimeout(timer);
      if (line !== undefined) this.note(`${label}: ${line} (${elapsed(this.#now() - started)})`);
    };
    const update = (detail: string) => {
      latest = detail;
      // Not started anew by every update: those of a wait come faster than lines are wanted.
      if (soon || latest === printed) return;
      clearTimeout(timer);
      soon = true;
      timer = setTimeout(printLatest, DETAIL_DELAY_MS).unref();
    };
    return activityOf(update, end);
  }
}

interface Running {
  label: string;
  detail: string;
  started: number;
}

class TerminalReport implements Report {
  readonly #stream: ReportStream;
  readonly #now: () => number;
  readonly #running = new Set<Running>();
  #timer: NodeJS.Timeout | undefined;

  constructor(stream: ReportStream, now: () => number) {
    this.#stream = stream;
    this.#now = now;
  }

  note(line: string): void {
    this.#stream.write(`\r\u001b[K${line}\n`);
    this.#draw();
  }

  activity(label: string): QuietActivity {
    const step: Running = { label, detail: "", started: this.#now() };
    this.#running.add(step);
    this.#timer ??= setInterval(() => {
      this.#draw();
    }, REDRAW_MS).unref();
    const end = (line?: string) => {
      this.#running.delete(step);
      if (line !== undefined) this.note(`${label}: ${line} (${elapsed(this.#now() - step.started)})`);
      if (this.#running.size > 0) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
      this.#stream.write("\r\u001b[K");
    };
    const update = (detail: string) => {
      step.detail = detail;
    };
    return activityOf(update, end);
  }

  /** The oldest step is the one that holds the others up, so it is the one shown. */
  #draw(): void {
    const [oldest] = this.#running;
    if (oldest === undefined) return;
    const others = this.#running.size > 1 ? ` and ${String(this.#running.size - 1)} more` : "";
    const detail = oldest.detail === "" ? "" : `: ${oldest.detail}`;
    const line = `${elapsed(this.#now() - oldest.started)}  ${oldest.label}${others}${detail}`;
    const width = (this.#stream.columns ?? 80) - 1;
    this.#stream.write(`\r\u001b[K${line.length > width ? `${line.slice(0, width - 1)}…` : line}`);
  }
}
