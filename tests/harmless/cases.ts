import type { Python } from "../../sandbox/telemetry/python.ts";
import type { Application } from "../../review/injection/application.ts";
import { javaApplications } from "./applications/java.ts";
import { nodejsApplications } from "./applications/nodejs.ts";
import { pythonApplications } from "./applications/python.ts";
import type { CollectorState } from "../../review/injection/otlpSink.ts";
import { minorVersion, oldestInjectedPython } from "../../review/injection/pythons.ts";

/** One comparison: an application without injection, and with it. */
export interface Case {
  readonly application: Application;
  /** Of a Python application. */
  readonly python?: Python;
  readonly collector: CollectorState;
  /** Whether it is process 1, as in a container without an init. */
  readonly processOne: boolean;
  /** Whether the pod has the annotation and nothing else of ours. */
  readonly annotated: boolean;
}

const applications = [...pythonApplications, ...nodejsApplications, ...javaApplications];

const states: readonly CollectorState[] = ["there", "slow", "silent", "refusing"];

/**
 * What is compared.
 *
 * @param pythons the oldest first
 * @param every every Python and state of the collector; else what stands for them
 */
export function cases(pythons: readonly Python[], every: boolean): Case[] {
  return applications.flatMap((application) => {
    const suited = pythons.filter((python) => minorVersion(python) <= (application.newestPython ?? Infinity));
    const chosen = every ? suited : [...new Set([suited[0], suited.at(-1)])].filter((python) => python !== undefined);
    const newest = chosen.at(-1);
    if (application.language !== "python") return casesOf(application, every || application.everyCollector === true);
    return chosen.flatMap((python) => {
      const thorough = every || (application.everyCollector === true && python === newest);
      return casesOf(application, thorough, python);
    });
  });
}

function casesOf(application: Application, thorough: boolean, python?: Python): Case[] {
  const base = {
    application,
    collector: "there",
    processOne: false,
    annotated: false,
    ...(python && { python }),
  } as const;
  return [
    ...(thorough ? states : states.slice(0, 1)).map((collector) => ({ ...base, collector })),
    ...(thorough && application.kind !== "job" ? [{ ...base, processOne: true }] : []),
    ...(thorough && application.annotationIsEnough === true && isInjected(base)
      ? (["there", "silent"] as const).map((collector) => ({ ...base, collector, annotated: true }))
      : []),
  ];
}

/** Whether the injected packages run on the application's Python; on an older one it runs without telemetry. */
export function isInjected({ python }: Pick<Case, "python">): boolean {
  return python === undefined || minorVersion(python) >= oldestInjectedPython;
}

/** A case in words. */
export function title({ application, python, collector, processOne, annotated }: Case): string {
  const runtime = python === undefined ? application.language : `Python ${python.version}`;
  return [
    `${application.name}, ${runtime}, collector ${collector}`,
    ...(processOne ? ["as process 1"] : []),
    ...(annotated ? ["by annotation only"] : []),
  ].join(", ");
}
