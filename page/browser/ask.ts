import type { InstantSeries } from "../model/table.ts";

/**
 * The JSON at a path of the page's server.
 *
 * @throws Error with what the source says of a query that fails
 */
export async function ask<Answer>(path: string): Promise<Answer> {
  return JSON.parse(await askText(path)) as Answer;
}

/**
 * The text at a path of the page's server.
 *
 * @throws Error as `ask`
 */
export async function askText(path: string): Promise<string> {
  const response = await fetch(path);
  const text = await response.text();
  if (response.ok) return text;
  throw new Error(`${response.status}: ${messageOf(text)}`);
}

/** The result of a query of Prometheus. */
export async function askPrometheus<Result>(path: string): Promise<Result> {
  return (await ask<{ data: { result: Result } }>(path)).data.result;
}

/** The series of a query at one point in time. */
export type Instant = InstantSeries[];

function messageOf(text: string): string {
  try {
    const { error } = JSON.parse(text) as { error?: unknown };
    return typeof error === "string" ? error : text;
  } catch {
    return text;
  }
}
