import { UserError } from "../../cli/errors.ts";

/**
 * The JSON that a local program answers with.
 *
 * @param allowed statuses other than success that stand for "nothing": the result is undefined
 * @throws UserError when it does not answer, or answers with another status.
 */
export async function getJson(url: string, allowed: readonly number[] = []): Promise<unknown> {
  const { origin } = new URL(url);
  let response: Response;
  try {
    response = await fetch(url, { signal: AbortSignal.timeout(15_000) });
  } catch {
    throw new UserError(`nothing answers at ${origin}: run "npm run sandbox -- telemetry" first`);
  }
  if (allowed.includes(response.status)) return undefined;
  if (!response.ok) throw new UserError(`${url} answered ${response.status}: ${(await response.text()).slice(0, 200)}`);
  return response.json();
}
