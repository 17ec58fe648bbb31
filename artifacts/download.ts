import { setTimeout as pause } from "node:timers/promises";
import { ArtifactError } from "./artifactError.ts";
import { proxyHint } from "./proxyHint.ts";
import { isLoopback, isSafe } from "./safeUrl.ts";

/** Limits of a download. */
export interface DownloadOptions {
  /** How long one attempt may take, in milliseconds. @default 60000 */
  timeLimit?: number;
  /** How often a download that may succeed later is tried. @default 3 */
  attempts?: number;
  /** Pause before the second attempt, in milliseconds; it doubles for each further one. @default 1000 */
  firstPause?: number;
  /** The most that is read, in bytes. @default 64 MiB */
  maxBytes?: number;
  /** Ends the download, and the wait between two attempts. */
  signal?: AbortSignal;
}

/** What else a download may ask for and do. */
export interface RequestOptions extends DownloadOptions {
  /** Where a server may redirect to: GitHub's releases lead to another host, a mirror has no reason to. @default "any-host" */
  redirects?: "any-host" | "same-host";
  /** Media type to ask for. @default any */
  accept?: string;
  /** Asks only for what follows so many bytes; a server may send all the same. @default 0 */
  from?: number;
  /**
   * Gives the header `authorization` for a server that answers 401, from its `www-authenticate`. No other host gets it.
   * @default a 401 is a failure
   */
  authorize?: (challenge: string) => Promise<string>;
}

const mebibyte = 1024 * 1024;

/** A server that redirects more often goes round in circles. */
const maxRedirects = 5;

/** A failure that another attempt cannot mend; its `cause` is the server's status where that is why. */
export class FinalError extends ArtifactError {}

/**
 * Downloads a file into memory. Only `https` will do, for redirects too; on this machine itself also `http`. A server that is slow, breaks off or answers with 408, 429 or 5xx is tried again; each attempt starts
 * from nothing, so no part of a broken one is ever used.
 *
 * @param url an `http(s)` URL
 * @returns the content; `undefined` where the server says that there is no such file (404, 410)
 * @throws ArtifactError in one line with the URL and what happened
 */
export async function download(url: string, options: RequestOptions = {}): Promise<Uint8Array | undefined> {
  const { timeLimit = 60_000, maxBytes = 64 * mebibyte, signal } = options;
  return tryAgain(url, options, () => {
    const limit = AbortSignal.any([AbortSignal.timeout(timeLimit), ...(signal ? [signal] : [])]);
    return downloadOnce(url, { ...options, signal: limit, maxBytes });
  });
}

/**
 * Repeats an attempt that may succeed later.
 *
 * @param once one attempt; a FinalError of it is passed on at once
 * @param progress a number that grows when an attempt got further: those attempts are not counted
 */
export async function tryAgain<Result>(
  url: string,
  { timeLimit = 60_000, attempts = 3, firstPause = 1000, signal }: DownloadOptions,
  once: () => Promise<Result>,
  progress: () => number = () => 0,
): Promise<Result> {
  for (let [attempt, reached] = [1, progress()]; ; attempt++) {
    try {
      return await once();
    } catch (error) {
      if (error instanceof FinalError || signal?.aborted === true) throw error;
      if (progress() > reached) [attempt, reached] = [1, progress()];
      if (attempt >= attempts) {
        // Such as "fetch failed": no server answered.
        const hint = error instanceof TypeError ? proxyHint(process.env) : "";
        throw new ArtifactError(`cannot download ${url}: ${reason(error, timeLimit)}${hint} (tried ${attempts} times)`);
      }
    }
    // A busy or restarting server gets time, but a short hiccup costs only a second.
    await pause(firstPause * 2 ** (attempt - 1), undefined, { signal });
  }
}

async function downloadOnce(
  url: string,
  options: RequestOptions & { signal: AbortSignal; maxBytes: number },
): Promise<Uint8Array | undefined> {
  const response = await askFor(url, options);
  if (response === undefined) return undefined;
  const content = await readBody(response, url, options.maxBytes);
  const length = response.headers.get("content-length");
  if (length !== null && Number(length) !== content.length) {
    throw new ArtifactError(`the server announced ${length} bytes and sent ${content.length}`);
  }
  return content;
}

/**
 * A good answer; `undefined` where the server says that there is no such file.
 *
 * @throws FinalError where another attempt will not mend it
 */
export async function askFor(
  url: string,
  options: RequestOptions & { signal: AbortSignal },
): Promise<Response | undefined> {
  const response = await ask(url, options);
  if (response.ok) return response;
  await response.body?.cancel();
  const { status, statusText } = response;
  if (status === 404 || status === 410) return undefined;
  const answered = `the server answered ${status} ${statusText}`.trim();
  const passing = status >= 500 || status === 429 || status === 408;
  throw passing
    ? new ArtifactError(answered)
    : new FinalError(`cannot download ${url}: ${answered}`, { cause: status });
}

/** The first answer that is neither a redirect nor a request for a login. */
async function ask(
  url: string,
  { redirects = "any-host", accept, from = 0, authorize, signal }: RequestOptions & { signal: AbortSignal },
): Promise<Response> {
  const refused = (why: string) => new FinalError(`cannot download ${url}: ${why}`);
  const first = new URL(url);
  if (!isSafe(first)) throw refused("it must be an https URL, plain http is for this machine itself");
  let [at, authorization] = [first, ""];
  for (let redirected = 0; redirected <= maxRedirects;) {
    // Not compressed: only then Content-Length says how long the file is.
    const headers = {
      "accept-encoding": "identity",
      ...(accept === undefined ? {} : { accept }),
      ...(from === 0 ? {} : { range: `bytes=${from}-` }),
      ...(authorization !== "" && at.host === first.host ? { authorization } : {}),
    };
    const response = await fetch(at.href, { headers, signal, redirect: "manual" });
    const location = response.status >= 300 && response.status < 400 ? response.headers.get("location") : null;
    const asksForLogin = response.status === 401 && authorize !== undefined && authorization === "";
    if (location === null && !asksForLogin) return response;
    await response.body?.cancel();
    if (asksForLogin) {
      authorization = await authorize(response.headers.get("www-authenticate") ?? "");
      continue;
    }
    at = new URL(location ?? "", at);
    redirected++;
    // Only the host is named: a redirect may carry a signature.
    if (at.protocol !== "https:" && !(isSafe(at) && isLoopback(first))) {
      throw refused(`it redirects to ${at.protocol}//${at.host}, which is not https`);
    }
    if (redirects === "same-host" && at.host !== first.host) throw refused(`it redirects to another host, ${at.host}`);
  }
  throw refused(`it redirects more than ${maxRedirects} times`);
}

async function readBody(response: Response, url: string, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // The platform's types leave the chunk's type open.
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > maxBytes) throw new FinalError(`cannot download ${url}: it is larger than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** fetch says "fetch failed" or "terminated"; what happened is in the cause. */
function reason(error: unknown, timeLimit: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return `not complete after ${timeLimit / 1000} s`;
  const { cause } = error;
  // Where a host has several addresses, only the code says what happened.
  const { message, code } = (cause ?? error) as NodeJS.ErrnoException;
  return (message || (code ?? "no connection")).replace(/\s*\n\s*/g, " ");
}
