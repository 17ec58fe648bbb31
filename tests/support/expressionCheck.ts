import { z } from "zod";
import { query } from "../../page/figures.ts";
import { getJson } from "../../page/http.ts";
import type { Expression } from "./panels.ts";

/** What running an expression showed. */
export interface CheckedExpression extends Expression {
  /** Whether it has a result. */
  readonly result: boolean;
  /** The selectors in it that no series matches, such as `up{job="grafana-service"}`. */
  readonly unmatched: readonly string[];
}

/**
 * Runs an expression, and each of the selectors that it is made of.
 *
 * @param prometheus URL of a running Prometheus
 * @throws when Prometheus does not take the expression
 */
export async function checkExpression(prometheus: string, { where, expr }: Expression): Promise<CheckedExpression> {
  const result = (await query(prometheus, expr)).length > 0;
  const answer = await getJson(`${prometheus}/api/v1/parse_query?${new URLSearchParams({ query: expr }).toString()}`);
  const { data } = z.object({ data: z.unknown() }).parse(answer);
  const unmatched: string[] = [];
  for (const selector of new Set(selectors(data))) {
    // Seen at any time since the start: what a rule looks for may be gone again.
    if ((await query(prometheus, `last_over_time(${selector}[1h])`)).length === 0) unmatched.push(selector);
  }
  return { where, expr, result, unmatched };
}

const vectorSelector = z.object({
  type: z.enum(["vectorSelector", "matrixSelector"]),
  matchers: z.array(z.object({ name: z.string(), type: z.string(), value: z.string() })),
});

/** The selectors in Prometheus' own parse tree. */
function selectors(node: unknown): string[] {
  if (typeof node !== "object" || node === null) return [];
  const found = vectorSelector.safeParse(node);
  if (found.success) {
    const matchers = found.data.matchers.map(({ name, type, value }) => `${name}${type}${JSON.stringify(value)}`);
    return [`{${matchers.join(",")}}`];
  }
  return Object.values(node).flatMap(selectors);
}
