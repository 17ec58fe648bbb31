import type { Application } from "./application.ts";
import { type Comparison, comparePackages } from "./comparison.ts";
import type { Instrumented } from "./instrumented.ts";
import { type Library, withoutInstrumentation } from "./library.ts";
import type { Need } from "./need.ts";
import { nodejsLibraries } from "./nodejsLibraries.ts";
import { nodejsNeeds } from "./nodejsNeeds.ts";
import { pythonLibraries } from "./pythonLibraries.ts";
import { pythonNeeds } from "./pythonNeeds.ts";

/** What injection does to the application of one file; `--json` prints it as it is. */
export interface FileReport {
  /** As the user named it. */
  readonly file: string;
  readonly language: Application["language"];
  /** Version of the operator's image that is injected. */
  readonly injected: string;
  /** Its packages that are among the injected ones. None in Node.js, where each package finds its own folder. */
  readonly packages: readonly Comparison[];
  readonly libraries: readonly Library[];
  /** Names of the packages that the application itself asks for and that no instrumentation takes. */
  readonly withoutInstrumentation: readonly string[];
  readonly needs: readonly Need[];
  /** Lines about what was not checked. */
  readonly notes: readonly string[];
}

/** What the check compares an application with. */
export interface Injected {
  /** Versions of Python packages by name. */
  readonly packages: ReadonlyMap<string, string>;
  readonly instrumented: Instrumented;
}

/** An image's own variable, which no lock file names. */
const imageVariable = { python: "PYTHONPATH", nodejs: "NODE_OPTIONS" } as const;

/** What is to be known of every application. */
function imageNote(language: Application["language"]): string {
  const name = imageVariable[language];
  return `a ${name} that the image sets (ENV), or that comes by envFrom, is hidden by the injected one: set it again as the container's env, see docs/injection.md#variables-of-the-image`;
}

/** Checks one application. */
export function fileReport(application: Application, { packages: injected, instrumented }: Injected): FileReport {
  const { file, language, packages } = application;
  const notes = [...application.notes, imageNote(language)];
  if (language === "nodejs") {
    const libraries = nodejsLibraries(packages, instrumented, application.manifest === undefined);
    return {
      file,
      language,
      injected: instrumented.nodejsAutoInstrumentation,
      packages: [],
      libraries,
      withoutInstrumentation: withoutInstrumentation(packages, libraries),
      needs: nodejsNeeds(application),
      notes,
    };
  }
  const comparisons = comparePackages(packages, injected);
  const libraries = pythonLibraries(packages, instrumented.python);
  return {
    file,
    language,
    injected: instrumented.pythonAutoInstrumentation,
    packages: comparisons,
    libraries,
    withoutInstrumentation: withoutInstrumentation(packages, libraries),
    needs: pythonNeeds(application, comparisons),
    notes,
  };
}
