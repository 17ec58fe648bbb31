import { markdownTable } from "../../cli/markdownTable.ts";
import { median } from "./apiLatency.ts";

/** What an agent took in one round. */
export interface AgentFigures {
  /** Seconds of processor time for 10,000 lines. */
  readonly cpu: number;
  /** MiB at its peak. */
  readonly memory: number;
}

/** The figures of a round, by the name of the agent. */
export type AgentRound = Readonly<Record<string, AgentFigures>>;

/**
 * Medians over the rounds; ratios are those of each round, in which all meet the same.
 *
 * @param names in their order, with what they are; the first is what the others are compared to
 */
export function agentTable(names: Readonly<Record<string, string>>, rounds: readonly AgentRound[]): string {
  const [plain = ""] = Object.keys(names);
  const of = (name: string, figure: keyof AgentFigures) => (round: AgentRound) => round[name]?.[figure] ?? 0;
  const ratio = (name: string, figure: keyof AgentFigures) =>
    median(rounds.map((round) => of(name, figure)(round) / of(plain, figure)(round))).toFixed(2);
  return markdownTable(
    ["Agent", "CPU, s for 10,000 lines", "To plain", "Memory at its peak, MiB", "To plain"],
    Object.entries(names).map(([name, what]) => [
      what,
      median(rounds.map(of(name, "cpu"))).toFixed(3),
      ratio(name, "cpu"),
      median(rounds.map(of(name, "memory"))).toFixed(0),
      ratio(name, "memory"),
    ]),
  );
}
