import type { Application } from "../../review/injection/application.ts";
import type { Observation } from "./observation.ts";
import type { CollectorState } from "../../review/injection/otlpSink.ts";

/** What injection changed in one run of an application. */
export interface Difference {
  /** Lines of the run without injection that are missing. */
  readonly missingLines: readonly string[];
  /** Lines that came with injection and that docs/injection.md does not say. */
  readonly unknownLines: readonly string[];
  /** Answers of the run without injection that are others. */
  readonly otherAnswers: readonly string[];
  /** How it ended without and with injection, where that differs. */
  readonly otherExit?: readonly [without: string, injected: string];
  /** Seconds by which its end took longer. */
  readonly extraSeconds: number;
}

/** Seconds that the end of an application may take longer, by the state of the collector and its language. */
export function endBound(
  state: CollectorState,
  { language, longestEnd }: Pick<Application, "language" | "longestEnd">,
): number {
  if (state === "there") return 1.5;
  return longestEnd ?? (language === "nodejs" ? 2.5 : 4);
}

/** Lines that injection adds; each stands in docs/injection.md. */
export const knownLines: readonly RegExp[] = [
  // Python: an application with an SDK of its own, or a Python that is too old.
  /^Error in sitecustomize; set PYTHONVERBOSE for traceback:$/,
  /^ImportError: the application has an OpenTelemetry SDK of its own, so it is not injected$/,
  /^ImportError: cannot import name 'EntryPoints' from 'importlib\.metadata'/,
  // gevent: the SDK's threads of the process that gunicorn forks.
  /^KeyError: N$/,
  /<Greenlet at N: <bound method Thread\._bootstrap of <Thread\(Otel\w+, stopped daemon N\)>>> failed with KeyError$/,
  // gevent: the end with a collector that is away.
  /^RuntimeError: (can't create new thread at interpreter shutdown|greenlet is being finalized)$/,
  /^Exception ignored in: <finalize object at N; dead>$/,
  // Python: a collector that is away.
  /^Transient error .* encountered while exporting/,
  /^Failed to export (metrics|span) batch/,
  /^Exception while exporting (metrics|Span)/,
  // A second attempt that begins when the time is just over.
  /^ValueError: Attempted to set connect timeout to -N/,
  // Java: each start, and a collector that is away.
  /^Picked up JAVA_TOOL_OPTIONS: /,
  /Sharing is only supported for boot loader classes/,
  /^\[otel\.javaagent /,
];

/** Compares a run with injection to one without. */
export function compare(without: Observation, injected: Observation): Difference {
  const there = injected.lines.map(normalised);
  const missingLines: string[] = [];
  for (const line of without.lines) {
    if (isForeignFrame(line)) continue;
    const index = there.indexOf(normalised(line));
    if (index === -1) missingLines.push(line);
    else there.splice(index, 1);
  }
  return {
    missingLines,
    unknownLines: there.filter((line) => !isContinuation(line) && !knownLines.some((known) => known.test(line))),
    otherAnswers: without.answers.filter((answer) => !injected.answers.includes(answer)),
    ...(without.exit === injected.exit ? {} : { otherExit: [without.exit, injected.exit] as const }),
    extraSeconds: without.exit === "never" ? 0 : injected.endSeconds - without.endSeconds,
  };
}

/** A line without what is another in each run: numbers of processes and ports, times. */
function normalised(line: string): string {
  // What an application says of its packages is compared as it is.
  if (line.startsWith("versions ")) return line;
  return (
    line
      // Node.js' loggers get the ids of the trace.
      .replace(/,"trace_id":"\w+","span_id":"\w+","trace_flags":"\w+"/, "")
      .replaceAll(/0x[0-9a-f]+/g, "N")
      .replaceAll(/\d+(\.\d+)?/g, "N")
  );
}

/**
 * A line within a stack or a traceback that is not of the application's own code. The instrumentation wraps what frameworks
 * call, and Node.js shows ten frames only.
 */
function isForeignFrame(line: string): boolean {
  return /^\s/.test(line) && !line.includes("/apps/");
}

/** A line of a traceback or a stack: its first line says what it is. */
function isContinuation(line: string): boolean {
  return /^\s|^Traceback \(most recent call last\):$|^(Caused by|Suppressed|java\.[\w.]+Exception): /.test(line);
}

/** Whether the collector has every request; undefined where that cannot be said, or where it was away. */
export function hasAllRequests(
  { requests }: Application,
  { received }: Observation,
  state: CollectorState,
): boolean | undefined {
  if (requests === undefined || received === undefined || state === "silent" || state === "refusing") return undefined;
  const { kind, count } = requests;
  return received.spans[kind] === count && (kind === "client" || received.served === count);
}
