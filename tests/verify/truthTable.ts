import { markdownTable } from "../../cli/markdownTable.ts";
import { deviation, type Truth } from "../support/truth.ts";

/** What was sent, what was said of it and how far that may be off, one row a case. */
export function truthTable(cases: readonly Truth[]): string {
  return markdownTable(
    ["Case", "Sent", "Said", "Deviation", "Bound"],
    cases.map((each) => {
      const { what, sent, said, bound = 0, share = false } = each;
      const unit = share ? " points" : " %";
      const value = (number: number) => `${rounded(number, share ? 2 : 1)}${share ? " %" : ""}`;
      return [what, value(sent), value(said), signed(deviation(each), share ? 2 : 1) + unit, `${bound}${unit}`];
    }),
  );
}

function rounded(value: number, digits: number): string {
  return String(Number(value.toFixed(digits)));
}

function signed(value: number, digits: number): string {
  const text = rounded(value, digits);
  return Number(text) > 0 ? `+${text}` : text;
}
