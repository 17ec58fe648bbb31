import { errorLine } from "../../cli/errors.ts";
import { nameOf } from "../../recovery/deployment.ts";
import type { DiagnosticEvent, EngineEvent, StepEventMetadata } from "@pulumi/pulumi/automation/events.js";
import type { OpType } from "@pulumi/pulumi/automation/stack.js";
import type { QuietActivity, Report } from "../../cli/report.ts";

/** How many resources came to which end, or would. */
export interface Changes {
  created: number;
  updated: number;
  replaced: number;
  deleted: number;
  unchanged: number;
}

/** How the engine's operations are counted; others, such as reading what somebody else made, are not. */
const COUNTED: Partial<Record<OpType, keyof Changes>> = {
  create: "created",
  import: "created",
  update: "updated",
  replace: "replaced",
  delete: "deleted",
  same: "unchanged",
};

const DOING: Partial<Record<OpType, string>> = {
  create: "creating",
  update: "updating",
  delete: "deleting",
  "create-replacement": "creating",
  "delete-replaced": "deleting",
  read: "reading",
  refresh: "refreshing",
};

/** Tells what the engine does, from its events, and remembers how it went. */
export class Progress {
  readonly #report: Report;
  readonly #onDone: (step: StepEventMetadata) => void;
  readonly #running = new Map<string, QuietActivity>();
  readonly #counted = new Map<string, OpType>();
  readonly #failures: string[] = [];
  #summary: Partial<Record<OpType, number>> | undefined;

  /** @param onDone called after each operation that changed something */
  constructor(report: Report, onDone: (step: StepEventMetadata) => void = () => undefined) {
    this.#report = report;
    this.#onDone = onDone;
  }

  /** Takes the next event of the engine. */
  readonly take = (event: EngineEvent): void => {
    if (event.resourcePreEvent !== undefined) this.#begin(event.resourcePreEvent.metadata);
    if (event.resOutputsEvent !== undefined) this.#end(event.resOutputsEvent.metadata, event.resOutputsEvent.planning);
    if (event.resOpFailedEvent !== undefined) this.#fail(event.resOpFailedEvent.metadata);
    if (event.diagnosticEvent !== undefined) this.#diagnose(event.diagnosticEvent);
    if (event.summaryEvent !== undefined) this.#summary = event.summaryEvent.resourceChanges;
  };

  /** Ends what is shown as under way: the engine has ended. */
  end(): void {
    for (const activity of this.#running.values()) activity.drop();
    this.#running.clear();
  }

  /** What went wrong, one line for each resource or problem. */
  get failures(): readonly string[] {
    return this.#failures;
  }

  /** The engine's own count, or, of a run that was broken off, what its steps said. */
  get changes(): Changes {
    const changes: Changes = { created: 0, updated: 0, replaced: 0, deleted: 0, unchanged: 0 };
    const steps = [...this.#counted.values()].map((op) => [op, 1] as const);
    for (const [op, count] of this.#summary === undefined ? steps : Object.entries(this.#summary)) {
      const kind = COUNTED[op as OpType];
      if (kind !== undefined) changes[kind] += count;
    }
    return changes;
  }

  #begin(step: StepEventMetadata): void {
    const { urn, op } = step;
    const doing = DOING[op];
    if (doing === undefined || this.#running.has(urn) || !isShown(step)) return;
    this.#running.set(urn, this.#report.activity(`${doing} ${nameOf(urn)}`));
  }

  #end(step: StepEventMetadata, planning = false): void {
    this.#counted.set(step.urn, step.op);
    const activity = this.#running.get(step.urn);
    this.#running.delete(step.urn);
    const changed = !planning && DOING[step.op] !== undefined && step.op !== "read" && step.op !== "refresh";
    if (changed) {
      activity?.done();
      this.#onDone(step);
    } else activity?.drop();
  }

  #fail({ urn }: StepEventMetadata): void {
    this.#running.get(urn)?.fail();
    this.#running.delete(urn);
  }

  #diagnose({ urn = "", message, severity, ephemeral = false }: DiagnosticEvent): void {
    const text = message.trim();
    // The engine says an error of a step first and then, of the stack, that there was one.
    if (text === "" || /^(update|preview|refresh|destroy) failed$/.test(text)) return;
    // Said of a built provider in every run: the module's newest version is older than the SDK.
    if (text.startsWith("resource plugin kubernetes is expected to have version")) return;
    if (ephemeral || severity === "info" || severity === "info#err") {
      this.#running.get(urn)?.update(errorLine(text));
      return;
    }
    const line = `${urn === "" || isStack(urn) ? "" : `${nameOf(urn)}: `}${errorLine(text)}`;
    if (severity === "error") this.#failures.push(line);
    if (severity === "warning") this.#report.note(`warning: ${line}`);
  }
}

/** Components, providers and the stack itself are done when what is in them is. */
function isShown({ type, new: wanted, old }: StepEventMetadata): boolean {
  return (wanted ?? old)?.custom === true && !type.startsWith("pulumi:providers:");
}

function isStack(urn: string): boolean {
  return urn.includes("::pulumi:pulumi:Stack::");
}

/** The counts as a sentence, e.g. "2 created, 1 updated, 60 unchanged". */
export function countLine(changes: Changes): string {
  const parts = Object.entries(changes).map(([end, count]) => `${String(count)} ${end}`);
  return parts.filter((part) => !part.startsWith("0 ")).join(", ") || "nothing to do";
}
