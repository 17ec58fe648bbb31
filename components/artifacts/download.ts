import { setTimeout as pause } from "node:timers/promises";
import { ArtifactError } from "./artifactError.ts";

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

const mebibyte = 1024 * 1024;

/** A failure that another attempt cannot mend. */
class FinalError extends ArtifactError {}

/**
 * Downloads a file into memory. A server that is slow, breaks off or answers with 408, 429 or 5xx is tried again; each attempt starts
 * from nothing, so no part of a broken one is ever used.
 *
 * @param url an `http(s)` URL
 * @returns the content; `undefined` where the server says that there is no such file (404, 410)
 * @throws ArtifactError in one line with the URL and what happened
 */
export async function download(url: string, options: DownloadOptions = {}): Promise<Uint8Array | undefined> {
  const { timeLimit = 60_000, attempts = 3, firstPause = 1000, maxBytes = 64 * mebibyte, signal } = options;
  for (let attempt = 1; ; attempt++) {
    try {
      return await downloadOnce(
        url,
        AbortSignal.any([AbortSignal.timeout(timeLimit), ...(signal ? [signal] : [])]),
        maxBytes,
      );
    } catch (error) {
      if (error instanceof FinalError || signal?.aborted === true) throw error;
      if (attempt >= attempts) {
        throw new ArtifactError(`cannot download ${url}: ${reason(error, timeLimit)} (tried ${attempts} times)`);
      }
    }
    // A busy or restarting server gets time, but a short hiccup costs only a second.
    await pause(firstPause * 2 ** (attempt - 1), undefined, { signal });
  }
}

async function downloadOnce(url: string, signal: AbortSignal, maxBytes: number): Promise<Uint8Array | undefined> {
  // Not compressed: only then Content-Length says how long the file is.
  const headers = { "accept-encoding": "identity" };
  const response = await fetch(url, { headers, signal });
  if (response.status === 404 || response.status === 410) {
    await response.body?.cancel();
    return undefined;
  }
  if (!response.ok) {
    await response.body?.cancel();
    const status = `the server answered ${response.status} ${response.statusText}`.trim();
    const passing = response.status >= 500 || response.status === 429 || response.status === 408;
    throw passing ? new ArtifactError(status) : new FinalError(`cannot download ${url}: ${status}`);
  }
  const content = await readBody(response, url, maxBytes);
  const length = response.headers.get("content-length");
  if (length !== null && Number(length) !== content.length) {
    throw new ArtifactError(`the server announced ${length} bytes and sent ${content.length}`);
  }
  return content;
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
