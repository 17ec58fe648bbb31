import { markdownTable } from "../../cli/markdownTable.ts";
import { median } from "./apiLatency.ts";

/** Milliseconds of processor time for a thousand spans in one round, by the name of the configuration. */
export type Costs = Readonly<Record<string, number>>;

/**
 * Medians over the rounds; ratios are those of each round, in which all meet the same.
 *
 * @param names in their order
 * @param rounds `bare` is nothing but a batch
 * @param former the name of the configuration as it was
 */
export function costTable(names: readonly string[], rounds: readonly Costs[], former: string): string {
  const ratio = (name: string, to: string) => median(rounds.map((costs) => (costs[name] ?? 0) / (costs[to] ?? 0)));
  return markdownTable(
    ["Configuration", "ms for 1,000 spans", "To `bare`", `To \`${former}\``],
    names.map((name) => {
      const ms = median(rounds.map((costs) => costs[name] ?? 0));
      return [name, ...[ms, ratio(name, "bare"), ratio(name, former)].map((value) => value.toFixed(2))];
    }),
  );
}
