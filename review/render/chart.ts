import { existsSync } from "node:fs";
import path from "node:path";
import { UserError } from "../../cli/errors.ts";

/** Where Helm gets a chart from. */
export interface ChartSource {
  /** A folder or file relative to the project, a name in `repo`, or an `oci://` address. */
  chart: string;
  version?: string;
  repo?: string;
}

/** The chart as Helm wants it on its command line: absolute when it is a local one. */
export function chartArguments(source: ChartSource, project: string): string[] {
  const local = localChart(source, project);
  if (local !== undefined) return [local];
  return [
    source.chart,
    ...(source.repo === undefined ? [] : ["--repo", source.repo]),
    ...(source.version === undefined ? [] : ["--version", source.version]),
  ];
}

function localChart({ chart, repo }: ChartSource, project: string): string | undefined {
  if (repo !== undefined || chart.includes("://")) return undefined;
  const file = path.resolve(project, chart);
  if (existsSync(file)) return file;
  if (/^\.{0,2}\/|\.tgz$/.test(chart)) throw new UserError(`chart ${chart}: no such folder or file`);
  return undefined;
}
