import type { ApplicationLanguage } from "../../review/injection/application.ts";
import type { Difference } from "./comparison.ts";
import type { CollectorState } from "../../review/injection/otlpSink.ts";

/** What one comparison gave. */
export interface Outcome {
  readonly application: string;
  readonly language: ApplicationLanguage;
  /** Version of a Python application's Python. */
  readonly python?: string;
  readonly collector: CollectorState;
  readonly processOne: boolean;
  readonly annotated: boolean;
  readonly difference: Difference;
  /** Whether the collector has every request; missing where that cannot be said. */
  readonly allRequests?: boolean;
}
