import { markdownTable } from "../../cli/markdownTable.ts";
import type { Judgement, KindVerdict } from "../alerting/life/judgement.ts";

/** What some rules said of a life, as it is kept. */
export interface AlertsRecord {
  readonly seed: number;
  readonly seconds: number;
  readonly kinds: readonly KindVerdict[];
  readonly missed: number;
  readonly falseCritical: number;
  readonly falseWarning: number;
  readonly flapping: number;
}

export function recordOf(judgement: Judgement, run: Pick<AlertsRecord, "seed" | "seconds">): AlertsRecord {
  const { kinds, missed, falseAlarms, flapping } = judgement;
  return {
    ...run,
    kinds,
    missed: missed.length,
    falseCritical: falseAlarms.critical.length,
    falseWarning: falseAlarms.warning.length,
    flapping: flapping.length,
  };
}

/** What each kind of incident is. */
export const meanings: Readonly<Record<string, string>> = {
  "1": "a part falls over again and again",
  "2": "requests stop, after an outage or without an error",
  "3": "metrics stop, traces go on",
  "4": "a service that only takes messages is gone",
  "5": "a pod has no address",
  "6": "8889 cannot be scraped, 8888 can",
  "7": "a service is gone, for a night",
  "8": "a service falls over again and again",
  "9": "exceptions without a status",
  "10": "a group of rules, or a message, fails at every long interval",
  "11": "a certificate is not issued, or ends within the hour",
  "12": "no bucket at the objective's bound",
  "13": "traffic falls, with own objectives: nobody may be told",
  "14": "failures of a service without a namespace; without a service nobody may be told",
};

/** The rules of now beside the former ones, as a Markdown table with what it takes to have it again. */
export function alertsTable(
  now: AlertsRecord,
  former: AlertsRecord | undefined,
  { date, commit, near }: { readonly date: string; readonly commit: string; readonly near: number },
): string {
  const sum = (pick: (kind: KindVerdict) => number) => now.kinds.reduce((total, kind) => total + pick(kind), 0);
  const before = (kind: string) => former?.kinds.find((one) => one.kind === kind)?.told ?? "";
  return [
    `${date}, commit ${commit}, seed ${now.seed}, ${now.seconds} s: ${sum(({ incidents }) => incidents)} incidents, ${near} of them within 20 % of what must be told.`,
    "",
    markdownTable(
      ["Incident", "Times", "Near", "To be told", "Told by 06fdc80", "Told now", "Longest, minutes"],
      [
        ...now.kinds.map(({ kind, incidents, near: close, due, told, longest }) => [
          meanings[kind] ?? kind,
          ...[incidents, close, due, before(kind), told, longest],
        ]),
        [
          "All",
          sum(({ incidents }) => incidents),
          near,
          sum(({ due }) => due),
          former === undefined ? "" : total(former),
          total(now),
          "",
        ],
        ["False alarms, critical", "", "", "", former?.falseCritical ?? "", now.falseCritical, ""],
        ["False alarms, warning", "", "", "", former?.falseWarning ?? "", now.falseWarning, ""],
        ["Over, and firing again within an hour", "", "", "", former?.flapping ?? "", now.flapping, ""],
      ],
    ),
  ].join("\n");
}

function total({ kinds }: AlertsRecord): number {
  return kinds.reduce((sum, { told }) => sum + told, 0);
}
