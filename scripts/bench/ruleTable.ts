import { markdownTable } from "../../cli/markdownTable.ts";
import type { Evaluation } from "./ruleEvaluation.ts";

/** A set of rules over some services. */
export interface Measured {
  readonly services: number;
  readonly of: string;
  readonly rules: number;
  readonly evaluation: Evaluation;
}

/** What rules cost, as a table; beside those that were measured first with as many services. */
export function ruleTable(all: readonly Measured[]): string {
  const columns = ["Services", "Rules", "Number", "Once, CPU ms", "A minute, CPU ms", "Memory, MiB"];
  return markdownTable(
    columns,
    all.map((one) => {
      const first = all.find(({ services }) => services === one.services) ?? one;
      return [one.services, one.of, one.rules, ...figures(one, first)];
    }),
  );
}

function figures({ evaluation }: Measured, first: Measured): string[] {
  return (["once", "perMinute", "memory"] as const).map((figure) => {
    const value = evaluation[figure].toFixed(0);
    const times = first.evaluation[figure] / evaluation[figure];
    // Nothing was seen above the idle server: nothing can be said of how often it goes into something.
    return evaluation === first.evaluation || value === "0" ? value : `${value} (1/${times.toFixed(1)})`;
  });
}
