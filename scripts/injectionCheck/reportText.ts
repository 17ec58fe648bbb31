import type { Comparison } from "./comparison.ts";
import type { FileReport } from "./fileReport.ts";
import type { Library } from "./library.ts";
import type { Need } from "./need.ts";

/** More names than these are counted: a lock file may hold hundreds. */
const shownNames = 20;

/** The report on one file, for people. */
export function reportText(report: FileReport): string {
  const { file, language, injected } = report;
  const image = `autoinstrumentation-${language}:${injected}`;
  const parts = [
    section("Packages that injection replaces", packageLines(report)),
    section("Libraries", libraryLines(report)),
    section("What this application needs", report.needs.length === 0 ? ["nothing"] : report.needs.flatMap(needLines)),
    ...(report.notes.length === 0 ? [] : [section("Notes", report.notes)]),
  ];
  return [`${file} with ${image}`, ...parts].join("\n\n");
}

function section(heading: string, lines: readonly string[]): string {
  return [heading, ...lines.map((line) => `  ${line}`)].join("\n");
}

function packageLines({ language, packages }: FileReport): string[] {
  if (language === "nodejs") return ["all kept: each package finds its own folder"];
  if (packages.length === 0) return ["none: no package is among the injected ones"];
  return packages.map(packageLine);
}

function packageLine({ name, from, to, marker, outcome }: Comparison): string {
  const range = from === "" ? "any version" : (from ?? "");
  const result = {
    kept: `kept (${to})`,
    replaced: `from ${from ?? ""} to ${to}`,
    "in range": `from ${range} to ${to}: in range`,
    "outside the range": `from ${range} to ${to}: outside the range`,
    unknown: `from what its URL holds to ${to}`,
  }[outcome];
  return `${name}: ${result}${only(marker)}`;
}

function libraryLines({ language, libraries, withoutInstrumentation: others, needs }: FileReport): string[] {
  const hook = needs.some(({ section: anchor }) => anchor === "es-modules")
    ? "; imported ones with the loader hook"
    : "";
  const more = others.length > shownNames ? ` and ${others.length - shownNames} more (--json names them)` : "";
  return [
    ...(language === "nodejs" ? [`Node.js's own modules, such as http: instrumented${hook}`] : []),
    ...libraries.map(libraryLine),
    ...(others.length === 0 ? [] : [`no instrumentation: ${others.slice(0, shownNames).join(", ")}${more}`]),
    ...(language === "python" && libraries.length + others.length === 0 ? ["none"] : []),
  ];
}

function libraryLine({ name, version, range, marker, instrumentations, supported, outcome, through }: Library): string {
  const by = instrumentations.join(", ");
  const result = {
    instrumented: `instrumented by ${by}${supported === undefined ? ", which names no range" : ""}`,
    "outside the range": `not instrumented: outside ${supported ?? ""} of ${by}`,
    "installed version decides": `instrumented by ${by} if the installed version is in ${supported ?? ""}`,
  }[outcome];
  const inside = through.length === 0 ? "" : `, which also takes ${through.join(", ")}`;
  return `${[name, version ?? range].filter(Boolean).join(" ")}: ${result}${inside}${only(marker)}`;
}

function only(marker: string | undefined): string {
  return marker === undefined ? "" : ` [only where ${marker}]`;
}

function needLines({ need, reason, argument, section: anchor }: Need): string[] {
  return [
    `${need}: ${reason}`,
    ...(argument === undefined ? [] : [`  InstrumentedApi: ${argument}`]),
    `  ${argument === undefined ? "see" : "other pods:"} docs/injection.md#${anchor}`,
  ];
}
