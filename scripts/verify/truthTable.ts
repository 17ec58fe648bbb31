import type { Truth } from "../../tests/support/truth.ts";

/** What was sent and what was said of it, one row a case. */
export function truthTable(cases: readonly Truth[]): string {
  return [
    "| Case | Sent | Said | Deviation |",
    "| --- | --- | --- | --- |",
    ...cases.map(({ what, sent, said }) => `| ${what} | ${sent} | ${rounded(said)} | ${deviation(sent, said)} |`),
  ].join("\n");
}

function rounded(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function deviation(sent: number, said: number): string {
  const percent = Math.round((said / sent - 1) * 1000) / 10;
  return `${percent > 0 ? "+" : ""}${percent} %`;
}
