import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { loadAll } from "js-yaml";

const folder = join(import.meta.dirname, "../../../shared/reference");

/** What tests read of a recorded object. */
export interface RecordedObject {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly ownerReferences?: readonly { readonly kind: string; readonly name: string }[];
  };
  readonly spec: Readonly<Record<string, unknown>>;
}

/** Whether the recordings of what real operators made of the stack's kind of objects are there. */
export const hasReference = existsSync(join(folder, "services.yaml"));

/** The objects of a recording. */
export function recorded(file: string): RecordedObject[] {
  return loadAll(readFileSync(join(folder, file), "utf8")) as RecordedObject[];
}
