import { UserError } from "../cli/errors.ts";

/**
 * The JSON that a local program answers with.
 *
 * @param allowed statuses other than success that stand for "nothing": the result is undefined
 * @throws UserError when it does not answer, or answers with another status.
 */
export async function getJson(url: string, allowed: readonly number[] = []): Promise<unknown> {
  const response = await get(url);
  if (allowed.includes(response.status)) return undefined;
  return (await succeeded(response)).json();
}

/**
 * The text that a local program answers with.
 *
 * @throws UserError when it does not answer, or answers with another status than success.
 */
export async function getText(url: string, timeoutMs = 15_000): Promise<string> {
  return (await succeeded(await get(url, timeoutMs))).text();
}

/**
 * Whether a program has a page for people there: HTML with a script. One that is built from its Go module may lack its own, and says so in
 * HTML without a script, as Jaeger does.
 */
export async function hasPage(url: string): Promise<boolean> {
  try {
    return (await getText(url, 2_000)).includes("<script");
  } catch {
    return false;
  }
}

async function get(url: string, timeoutMs = 15_000): Promise<Response> {
  const { origin } = new URL(url);
  try {
    return await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
  } catch {
    throw new UserError(`nothing answers at ${origin}: run "npm run sandbox -- telemetry" first`);
  }
}

async function succeeded(response: Response): Promise<Response> {
  if (response.ok) return response;
  throw new UserError(`${response.url} answered ${response.status}: ${(await response.text()).slice(0, 200)}`);
}
