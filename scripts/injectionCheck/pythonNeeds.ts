import type { PythonApplication } from "./application.ts";
import type { Comparison } from "./comparison.ts";
import type { Need } from "./need.ts";
import { allowsTooOldPython, minimumPython } from "./pythonVersions.ts";
import { hidesStandardLibrary } from "./standardLibrary.ts";

const packagesFirst =
  "injection.python.sitePackages; on by default with the official images' folder, a virtual environment needs its own path";

/**
 * What a Python application needs when it is injected.
 *
 * @param comparisons of its packages with the injected ones
 */
export function pythonNeeds(application: PythonApplication, comparisons: readonly Comparison[]): Need[] {
  return [
    ...ownPackagesFirst(comparisons),
    ...newerPython(application),
    ...standardLibraryFirst(application),
    ...gevent(application),
    ...eventlet(application),
    ...django(application),
    ...ownSdk(application, comparisons),
    ...startUp(application),
  ];
}

function ownPackagesFirst(comparisons: readonly Comparison[]): Need[] {
  const replaced = comparisons.filter(({ outcome }) => outcome === "replaced" || outcome === "outside the range");
  if (replaced.length === 0) return [];
  const reason = `injection would put other versions in the place of ${list(replaced.map(({ name }) => name))}`;
  return [{ need: "its own packages first", reason, argument: packagesFirst, section: "python-packages-first" }];
}

function newerPython({ pythonVersions }: PythonApplication): Need[] {
  if (pythonVersions === undefined || !allowsTooOldPython(pythonVersions)) return [];
  return [
    {
      need: `Python ${minimumPython} or newer`,
      reason: `"${pythonVersions}" allows older ones, on which the injected packages do not run: with its own packages first the application runs there, without telemetry`,
      argument: packagesFirst,
      section: "python-packages-first",
    },
  ];
}

function standardLibraryFirst({ packages }: PythonApplication): Need[] {
  const hidden = hidesStandardLibrary(packages).map(({ own: { name, marker }, module }) => {
    const where = marker === undefined ? "" : ` where ${marker}`;
    return `${name} comes before Python's own ${module}${where}`;
  });
  if (hidden.length === 0) return [];
  return [
    {
      need: "the standard library before its packages",
      reason: `with its own packages first, ${hidden.join(", ")}: take it out of the application's packages`,
      argument: undefined,
      section: "python-packages-first",
    },
  ];
}

function gevent({ packages }: PythonApplication): Need[] {
  if (!packages.some(({ name }) => name === "gevent")) return [];
  return [
    {
      need: "gevent's patch before everything else",
      reason: "injected packages are loaded before gevent patches ssl, and then each https:// call fails",
      argument: "injection.python.gevent: true",
      section: "gevent",
    },
  ];
}

function eventlet({ packages }: PythonApplication): Need[] {
  if (!packages.some(({ name }) => name === "eventlet")) return [];
  return [
    {
      need: "no injection",
      reason:
        "what eventlet patches after the injected packages are loaded fails at each https:// call, or hangs at its start",
      argument: undefined,
      section: "eventlet",
    },
  ];
}

function django({ packages }: PythonApplication): Need[] {
  if (!packages.some(({ name }) => name === "django")) return [];
  return [
    {
      need: "its settings in the container's environment",
      reason: "Django is instrumented only where the settings are known before the application starts",
      argument:
        'env with DJANGO_SETTINGS_MODULE, PYTHONPATH (the project\'s folder) and OTEL_PYTHON_DJANGO_INSTRUMENT: "True"',
      section: "django",
    },
  ];
}

function ownSdk({ packages }: PythonApplication, comparisons: readonly Comparison[]): Need[] {
  const sdk = packages.filter(({ name }) => /^opentelemetry-(sdk|distro|exporter-.*)$/.test(name));
  if (sdk.length > 0) {
    return [
      {
        need: "no injection",
        reason: `it has ${list(sdk.map(({ name }) => name))}: let its own SDK send to the platform's output collectorOtlpHttp or collectorOtlpGrpc. InstrumentedApi leaves such an application its SDK and does not inject it, with one line`,
        argument: undefined,
        section: "own-sdk",
      },
    ];
  }
  const api = comparisons.find(({ name, outcome }) => name === "opentelemetry-api" && outcome !== "kept");
  if (api === undefined) return [];
  return [
    {
      need: `opentelemetry-api ${api.to}`,
      reason: `it has ${[api.name, api.from].filter(Boolean).join(" ")} without an SDK: the injected SDK needs its own version, and with another one before it there is no telemetry (1.30, 1.45) or each span raises an AttributeError in the application (1.40, 1.41)`,
      argument: "nothing to set: opentelemetry comes from the injected packages",
      section: "own-sdk",
    },
  ];
}

/** What the files repair that InstrumentedApi mounts; workers that are started anew, as uvicorn's, need nothing. */
function startUp({ packages }: PythonApplication): Need[] {
  const has = (name: string) => packages.some((own) => own.name === name);
  const reasons = [
    ...(has("gunicorn") ? ["gunicorn forks its workers, of which some would lose all they count"] : []),
    ...(has("fastapi") || has("starlette")
      ? ["a request to a mounted application would count twice, and work after an answer as its duration"]
      : []),
  ];
  if (reasons.length === 0) return [];
  return [
    {
      need: "the files of the injected start-up",
      reason: reasons.join("; "),
      argument: "nothing to set: they are mounted",
      section: "python-the-start-up",
    },
  ];
}

function list(names: readonly string[]): string {
  return [...new Set(names)].join(", ");
}
