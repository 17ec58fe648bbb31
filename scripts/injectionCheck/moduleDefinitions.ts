import { createRequire } from "node:module";
import { join } from "node:path";

/**
 * Prints, as JSON, which modules the instrumentations of a folder's `@opentelemetry/auto-instrumentations-node` patch. A process of its own:
 * the instrumentations are switched on as soon as they are made.
 */

/** One instrumentation, as this program prints it. */
export interface InstrumentationModules {
  readonly name: string;
  readonly modules: readonly { readonly name: string; readonly supportedVersions: readonly string[] }[];
}

/** What is used of an instrumentation. */
interface Instrumentation {
  readonly instrumentationName: string;
  /** Only the one of redis has it: it is made of two others. */
  getModuleDefinitions?(): InstrumentationModules["modules"];
  readonly _modules: InstrumentationModules["modules"];
}

const [folder = ""] = process.argv.slice(2);
const load = createRequire(join(folder, "package.json"));
const { getNodeAutoInstrumentations } = load("@opentelemetry/auto-instrumentations-node") as {
  getNodeAutoInstrumentations: () => Instrumentation[];
};
const found: InstrumentationModules[] = getNodeAutoInstrumentations().map((instrumentation) => ({
  name: instrumentation.instrumentationName,
  modules: (instrumentation.getModuleDefinitions?.() ?? instrumentation._modules).map(
    ({ name, supportedVersions }) => ({ name, supportedVersions }),
  ),
}));
process.stdout.write(JSON.stringify(found));
// Some instrumentations have timers that keep the process alive.
process.exit();
