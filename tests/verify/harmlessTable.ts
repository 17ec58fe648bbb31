import { markdownTable } from "../../cli/markdownTable.ts";
import type { Outcome } from "../harmless/outcome.ts";
import type { CollectorState } from "../../review/injection/otlpSink.ts";

const columns = [
  ...[
    "Application",
    "Its lines are there",
    "Its answers are the same",
    "It ends as before",
    "The annotation is enough",
  ],
  ...["Seconds that its end takes longer: collector there", "slow", "silent", "refusing"],
  "Every request arrives",
];

const states: readonly CollectorState[] = ["there", "slow", "silent", "refusing"];

/** What the comparisons gave, one row an application: the worst of all its runs. */
export function harmlessTable(outcomes: readonly Outcome[]): string {
  const names = [...new Set(outcomes.map(({ application, language }) => `${application}\t${language}`))];
  const rows = names.map((key) => {
    const [name = "", language = ""] = key.split("\t");
    const own = outcomes.filter((outcome) => outcome.application === name && outcome.language === language);
    return [label(name, language), ...verdicts(own), ...states.map((state) => longest(own, state)), arrival(own)];
  });
  const pythons = [...new Set(outcomes.flatMap(({ python }) => (python === undefined ? [] : [python])))];
  return [
    `Python ${pythons.sort(byNumbers).join(", ")}; ${outcomes.length} comparisons.`,
    "",
    markdownTable(columns, rows),
  ].join("\n");
}

function label(name: string, language: string): string {
  return `${{ python: "Python", nodejs: "Node.js", java: "Java" }[language] ?? language}: ${name}`;
}

function verdicts(own: readonly Outcome[]): string[] {
  const differences = own.map(({ difference }) => difference);
  return [
    yes(differences.every(({ missingLines, unknownLines }) => missingLines.length + unknownLines.length === 0)),
    yes(differences.every(({ otherAnswers }) => otherAnswers.length === 0)),
    yes(differences.every(({ otherExit }) => otherExit === undefined)),
    yes(own.some(({ annotated }) => annotated)),
  ];
}

/** In seconds, with two decimals. */
function longest(own: readonly Outcome[], state: CollectorState): string {
  const seconds = own.filter(({ collector }) => collector === state).map(({ difference }) => difference.extraSeconds);
  return seconds.length === 0 ? "" : Math.max(0, ...seconds).toFixed(2);
}

function arrival(own: readonly Outcome[]): string {
  const known = own.flatMap(({ allRequests }) => (allRequests === undefined ? [] : [allRequests]));
  return known.length === 0 ? "" : yes(known.every(Boolean));
}

function yes(holds: boolean): string {
  return holds ? "yes" : "no";
}

function byNumbers(a: string, b: string): number {
  return a.localeCompare(b, "en", { numeric: true });
}
