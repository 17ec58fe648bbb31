import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { UserError } from "../errors.ts";

/** Where Helm gets a chart from. */
export interface ChartSource {
  /** A folder or file relative to the project, a name in `repo`, or an `oci://` address. */
  chart: string;
  version?: string;
  repo?: string;
}

/**
 * Identifies the content of a chart: the same for the same content, short enough for a label.
 *
 * @param project folder that relative charts are relative to
 * @throws UserError when a chart that looks like a path is not there.
 */
export function chartDigest(source: ChartSource, project: string): string {
  const local = localChart(source, project);
  const hash = createHash("sha256");
  if (local === undefined) hash.update(JSON.stringify([source.repo ?? "", source.chart, source.version ?? ""]));
  else
    for (const file of filesOf(local)) hash.update(path.relative(local, file)).update("\0").update(readFileSync(file));
  return hash.digest("hex").slice(0, 40);
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

function filesOf(chart: string): string[] {
  if (!statSync(chart).isDirectory()) return [chart];
  return readdirSync(chart, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}
