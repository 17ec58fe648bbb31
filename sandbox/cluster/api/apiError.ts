/** What the API server answered to a request it refused. */
export class ApiError extends Error {
  override name = "ApiError";
  /** HTTP status. Not called `code`: the SDK takes numeric codes for its own. */
  readonly status: number;
  /** Machine-readable reason, e.g. "NotFound", "Invalid". */
  readonly reason: string;
  /** What the answer is about, as the API server names it. */
  readonly details: { kind?: string; name?: string };

  constructor(status: number, body: string) {
    const answer = parse(body);
    super(answer.message ?? (body.trim() === "" ? `HTTP ${String(status)}` : body.trim()));
    this.status = status;
    this.reason = answer.reason ?? "";
    this.details = answer.details ?? {};
  }
}

interface Status {
  message?: string;
  reason?: string;
  details?: { kind?: string; name?: string };
}

function parse(body: string): Status {
  try {
    return JSON.parse(body) as Status;
  } catch {
    return {};
  }
}

/** The API server cannot be reached. */
export class UnreachableError extends Error {
  override name = "UnreachableError";

  constructor(server: string, cause: Error) {
    super(`the API server at ${server} cannot be reached: ${cause.message}`);
  }
}

/** The API server knows no such kind (yet). */
export class UnknownKindError extends Error {
  override name = "UnknownKindError";

  constructor(apiVersion: string, kind: string) {
    super(`the API server knows no ${kind} of ${apiVersion}: is its CRD installed?`);
  }
}
