import https from "node:https";
import { type Access, readKubeconfig } from "../access.ts";
import { UserError } from "../../../cli/errors.ts";
import { ApiError, UnreachableError } from "./apiError.ts";

/** One request to the API server. */
export interface ApiRequest {
  method: "GET" | "PATCH" | "PUT" | "DELETE";
  /** Path and query. */
  path: string;
  body?: unknown;
  contentType?: string;
  accept?: string;
}

/** Sends requests and gives the parsed answer. */
export type Transport = (request: ApiRequest) => Promise<unknown>;

/** A restarting API server is back well within this time. */
const RETRY_FOR_MS = 20_000;
const RETRY_PAUSE_MS = 250;
/** The API server itself gives up on a request after a minute. */
const REQUEST_TIMEOUT_MS = 65_000;

/**
 * A transport to the cluster of a kubeconfig that the sandbox wrote.
 *
 * @param signal ends waiting for an API server that is away
 * @throws UserError when the server is not on this machine: the sandbox must never touch a real cluster.
 */
export function createTransport(kubeconfig: string, signal?: AbortSignal): Transport {
  const access = readKubeconfig(kubeconfig);
  if (access === undefined) throw new UserError(`${kubeconfig} is not the kubeconfig that the sandbox wrote`);
  if (!/^https:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(access.server)) {
    throw new UserError(`${kubeconfig} names the server "${access.server}": the sandbox only talks to this machine`);
  }
  const send = async (request: ApiRequest): Promise<unknown> => {
    const text = await sendOnce(access, request, REQUEST_TIMEOUT_MS);
    return text === "" ? undefined : (JSON.parse(text) as unknown);
  };
  return (request) => withRetry(() => send(request), signal);
}

/** Every request here may be repeated: reads, deletions and server-side applies end in the same state. */
async function withRetry(send: () => Promise<unknown>, signal: AbortSignal | undefined): Promise<unknown> {
  const deadline = Date.now() + RETRY_FOR_MS;
  for (;;) {
    try {
      return await send();
    } catch (error) {
      if (!isTransient(error) || Date.now() > deadline || signal?.aborted === true) throw error;
      await new Promise((resolve) => setTimeout(resolve, RETRY_PAUSE_MS));
    }
  }
}

/** Away, starting, or busy; "etcdserver" covers leader changes, which the API server reports as its own fault. */
export function isTransient(error: unknown): boolean {
  if (error instanceof UnreachableError) return true;
  if (!(error instanceof ApiError)) return false;
  return [429, 503, 504].includes(error.status) || (error.status === 500 && error.message.includes("etcdserver"));
}

/**
 * Sends one request, without the Kubernetes client library: that takes more than a second to load.
 *
 * @param timeout in milliseconds
 * @returns the answer's text
 * @throws UnreachableError, or ApiError for an answer that is not a success.
 */
export function sendOnce(access: Access, request: ApiRequest, timeout: number): Promise<string> {
  const body = request.body === undefined ? undefined : JSON.stringify(request.body);
  const headers = {
    accept: request.accept ?? "application/json",
    ...(body === undefined
      ? {}
      : { "content-type": request.contentType ?? "application/json", "content-length": Buffer.byteLength(body) }),
  };
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => {
      reject(new UnreachableError(access.server, error));
    };
    const call = https.request(
      `${access.server}${request.path}`,
      { ca: access.ca, cert: access.cert, key: access.key, method: request.method, headers },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("error", fail);
        answer.on("end", () => {
          const text = Buffer.concat(chunks).toString("utf8");
          const status = answer.statusCode ?? 0;
          if (status < 200 || status > 299) reject(new ApiError(status, text));
          else resolve(text);
        });
      },
    );
    call.setTimeout(timeout, () => call.destroy(new Error("no answer in time")));
    call.on("error", fail);
    call.end(body);
  });
}
