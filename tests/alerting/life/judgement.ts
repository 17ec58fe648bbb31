import { alertmanagerConfigSpec } from "../../../components/backends/alertmanagerConfig.ts";
import { parseSettings } from "../../../settings/read.ts";
import type { AlertHistory } from "./history.ts";
import { type Incident, isNear, type Told } from "./incident.ts";
import type { Life } from "./life.ts";
import { burning } from "./oracle.ts";
import type { LivingService } from "./service.ts";

/** What the alerts said of a life, held against what happened. */

/** What came of the incidents of one kind. */
export interface KindVerdict {
  readonly kind: string;
  readonly incidents: number;
  readonly near: number;
  /** Those of which somebody had to be told. */
  readonly due: number;
  /** Those of them that were told in time, and for as long as they lasted. */
  readonly told: number;
  /** Minutes from the start to the alert: the longest of those that were told. */
  readonly longest: number;
}

export interface Judgement {
  readonly kinds: readonly KindVerdict[];
  /** Incidents that were not told in time, or not for as long as they lasted. */
  readonly missed: readonly string[];
  /** Alerts without a reason, by severity. */
  readonly falseAlarms: Readonly<Record<"critical" | "warning", readonly string[]>>;
  /** Alerts that were over and fired again within an hour. */
  readonly flapping: readonly string[];
}

const again = 60;

/** Minutes for which an alert on a budget may begin later or go on longer than the numbers say: its `for`, samples, smoothing. */
const slack = { critical: 12, warning: 50 } as const;

export function judge(life: Life, history: readonly AlertHistory[]): Judgement {
  const alerts = history.filter(({ labels }) => labels.alertname !== "Watchdog");
  const missed: string[] = [];
  const byKind = new Map<string, { incidents: number; near: number; due: number; told: number; longest: number }>();
  for (const incident of life.incidents) {
    const verdict = byKind.get(incident.kind) ?? { incidents: 0, near: 0, due: 0, told: 0, longest: 0 };
    byKind.set(incident.kind, verdict);
    verdict.incidents++;
    if (isNear(incident)) verdict.near++;
    if (incident.must === undefined) continue;
    verdict.due++;
    const delay = toldAfter(incident, incident.must, alerts);
    if (typeof delay === "number") {
      verdict.told++;
      verdict.longest = Math.max(verdict.longest, delay);
    } else missed.push(`${describe(incident)}: ${delay}`);
  }
  const falseAlarms: Record<"critical" | "warning", string[]> = { critical: [], warning: [] };
  const flapping: string[] = [];
  for (const alert of alerts) {
    const severity = alert.labels.severity === "critical" ? "critical" : "warning";
    const reasons = reasonsFor(life, alert);
    const inhibited = inhibitedMinutes(alert, alerts);
    let previous = Number.NEGATIVE_INFINITY;
    for (const [from, to] of stretches(alert.firing)) {
      const name = `${nameOf(alert)} at ${moment(from)} for ${to - from} minutes`;
      if (from - previous <= again) flapping.push(name);
      previous = to;
      for (let minute = from; minute < to; minute++) {
        if (reasons[minute] === 1 || inhibited[minute] === 1) continue;
        falseAlarms[severity].push(`${name}, without a reason at ${moment(minute)}`);
        break;
      }
    }
  }
  const kinds = [...byKind].map(([kind, verdict]) => ({ kind, ...verdict }));
  return {
    kinds: kinds.sort((a, b) => a.kind.localeCompare(b.kind, "en", { numeric: true })),
    missed,
    falseAlarms,
    flapping,
  };
}

/** Minutes until it was told, or what was wrong. */
function toldAfter(incident: Incident, must: Told, alerts: readonly AlertHistory[]): number | string {
  const right = alerts.filter((alert) => fits(must, alert));
  const isTold = (minute: number) => right.some(({ firing }) => firing[minute] === 1);
  for (let minute = incident.start; minute <= incident.start + incident.promise; minute++) {
    if (!isTold(minute)) continue;
    return incident.holds === undefined || isTold(incident.holds)
      ? minute - incident.start
      : "was over before the incident";
  }
  return `was not told within ${incident.promise} minutes`;
}

function fits({ alert, severity, labels }: Told, { labels: found }: AlertHistory): boolean {
  return (
    found.alertname === alert &&
    (severity === undefined || found.severity === severity) &&
    Object.entries(labels).every(([name, value]) => found[name] === value)
  );
}

/** The minutes in which an alert has a reason. */
function reasonsFor(life: Life, alert: AlertHistory): Uint8Array {
  const reasons = new Uint8Array(life.minutes);
  for (const { may, start, end, tail } of life.incidents)
    if (may.some((told) => fits(told, alert))) reasons.fill(1, start, end + tail);
  const { alertname = "", service_name: name, severity } = alert.labels;
  const service = life.services.find((one) => one.name === name);
  if (service === undefined || !/Budget/.test(alertname)) return reasons;
  const grade = severity === "critical" ? "critical" : "warning";
  const right = burning(service, alertname.includes("Error") ? "failed" : "late", grade, budgetOf(service, alertname));
  // A deployment, or a collector that is away, makes a rate of minutes a little older.
  for (const [from, to] of stretches(right)) reasons.fill(1, from, to + slack[grade]);
  return reasons;
}

function budgetOf(service: LivingService, alertname: string): number {
  if (alertname.includes("Error")) return 0.005;
  return service.hasOwnObjectives ? 0.0005 : 0.01;
}

const { inhibitRules } = alertmanagerConfigSpec(parseSettings({}).alertmanager);

/** The minutes in which Alertmanager keeps an alert back, by the stack's own inhibitions. */
function inhibitedMinutes(alert: AlertHistory, alerts: readonly AlertHistory[]): Uint8Array {
  const inhibited = new Uint8Array(alert.firing.length);
  for (const { sourceMatch, targetMatch, equal = [] } of inhibitRules) {
    if (!matches(targetMatch, alert)) continue;
    for (const source of alerts) {
      if (source === alert || !matches(sourceMatch, source)) continue;
      if (!equal.every((label) => (source.labels[label] ?? "") === (alert.labels[label] ?? ""))) continue;
      for (const [minute, value] of source.firing.entries()) if (value === 1) inhibited[minute] = 1;
    }
  }
  return inhibited;
}

function matches(
  matchers: readonly { name: string; value: string; matchType: string }[],
  { labels }: AlertHistory,
): boolean {
  return matchers.every(({ name, value, matchType }) => {
    const found = labels[name] ?? "";
    return matchType === "=~" ? new RegExp(`^(?:${value})$`).test(found) : found === value;
  });
}

/** Where a series is 1: from the first minute to the one after the last. */
export function stretches(values: Uint8Array): [from: number, to: number][] {
  const found: [number, number][] = [];
  for (let minute = 0; minute < values.length; minute++) {
    if (values[minute] !== 1) continue;
    const from = minute;
    while (minute < values.length && values[minute] === 1) minute++;
    found.push([from, minute]);
  }
  return found;
}

function describe({ kind, start, end, size, must }: Incident): string {
  return `${kind} at ${moment(start)} for ${end - start} minutes, size ${size.toFixed(2)}, ${must?.alert ?? ""} ${Object.values(must?.labels ?? {}).join(" ")}`;
}

function nameOf({ labels }: AlertHistory): string {
  const { alertname = "", severity = "" } = labels;
  const others = Object.entries(labels).filter(([name]) => !["alertname", "severity", "alertstate"].includes(name));
  return `${alertname} (${severity}) ${others.map(([, value]) => value).join(" ")}`;
}

function moment(minute: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `day ${Math.floor(minute / 1440)} ${two(Math.floor((minute % 1440) / 60))}:${two(minute % 60)}`;
}
