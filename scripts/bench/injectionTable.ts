import { markdownTable } from "../../cli/markdownTable.ts";
import type { ProcessFigures } from "./processFigures.ts";

/** Without injection, with that of commit 06fdc80, and with that of now. */
export type Variant = "without" | "before" | "now";

/** What injection costs, as a table: medians, and what it adds beside what it added before. */
export function injectionTable(
  rows: readonly (readonly [name: string, figures: Readonly<Record<Variant, ProcessFigures>>])[],
  { rounds, requests }: { readonly rounds: number; readonly requests: number },
): string {
  const columns = [
    ...["Server", "Figure", "Without injection", "With that of 06fdc80", "With that of now"],
    "What injection adds, beside 06fdc80",
  ];
  return [
    `Medians of ${rounds} rounds of ${requests} requests.`,
    "",
    markdownTable(
      columns,
      rows.flatMap(([name, figures]) => [
        figureRow(name, "start to the first answer, s", figures, ({ start }) => start),
        figureRow(name, "memory after the requests, MiB", figures, ({ memory }) => memory),
        figureRow(name, "processor for a request, ms", figures, ({ cpu }) => cpu),
      ]),
    ),
  ].join("\n");
}

function figureRow(
  name: string,
  figure: string,
  { without, before, now }: Readonly<Record<Variant, ProcessFigures>>,
  of: (figures: ProcessFigures) => number,
): string[] {
  const added = (figures: ProcessFigures) => of(figures) - of(without);
  const values = [without, before, now].map((figures) => of(figures).toFixed(2));
  return [name, figure, ...values, `${(added(now) / added(before)).toFixed(2)} times`];
}
