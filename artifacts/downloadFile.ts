import { open, stat } from "node:fs/promises";
import { type DownloadOptions, FinalError, type RequestOptions, askFor, tryAgain } from "./download.ts";
import { ArtifactError } from "./artifactError.ts";
import { readIfThere } from "./files.ts";

/** What a download into a file may do besides. */
export interface DownloadFileOptions extends DownloadOptions, Pick<RequestOptions, "redirects" | "authorize"> {
  /** How long the server may send nothing, in milliseconds. @default 60000 */
  timeLimit?: number;
  /** Gets how many bytes are there, and how many there will be where the server says so. */
  onProgress?: (bytes: number, total: number | undefined) => void;
}

/**
 * Downloads a large file. What an earlier call left in the file is gone on from, where the server can: whoever calls this
 * compares the whole file's checksum.
 *
 * @param url as for `download`
 * @param file absolute path; its folder exists
 * @returns whether there is such a file (404, 410)
 * @throws ArtifactError in one line with the URL and what happened; the file stays as far as it came
 */
export async function downloadFile(url: string, file: string, options: DownloadFileOptions = {}): Promise<boolean> {
  let bytes = (await readIfThere(() => stat(file)))?.size ?? 0;
  return tryAgain(
    url,
    options,
    () =>
      continueDownload(url, file, bytes, options, (size) => {
        bytes = size;
      }),
    () => bytes,
  );
}

async function continueDownload(
  url: string,
  file: string,
  from: number,
  options: DownloadFileOptions,
  onBytes: (size: number) => void,
): Promise<boolean> {
  const { timeLimit = 60_000, signal: outer, onProgress } = options;
  const silence = new AbortController();
  const watch = setTimeout(() => {
    silence.abort(new DOMException("silent", "TimeoutError"));
  }, timeLimit);
  try {
    const signal = AbortSignal.any([silence.signal, ...(outer ? [outer] : [])]);
    const response = await askFor(url, { ...options, from, signal });
    if (response === undefined) return false;
    const goesOn = response.status === 206 && response.headers.get("content-range")?.startsWith(`bytes ${from}-`);
    let size = goesOn === true ? from : 0;
    const length = response.headers.get("content-length");
    const total = length === null ? undefined : size + Number(length);
    const output = await open(file, goesOn === true ? "a" : "w");
    // Nothing may come: the next attempt goes on from what is in the file now.
    onBytes(size);
    try {
      for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
        await output.write(chunk);
        onBytes((size += chunk.length));
        onProgress?.(size, total);
        watch.refresh();
      }
    } finally {
      await output.close();
    }
    if (total !== undefined && size !== total) {
      throw new ArtifactError(`the server announced ${total} bytes and sent ${size}`);
    }
    return true;
  } catch (error) {
    // All of it is there already: the caller's checksum decides.
    if (error instanceof FinalError && error.cause === 416 && from > 0) return true;
    throw error;
  } finally {
    clearTimeout(watch);
  }
}
