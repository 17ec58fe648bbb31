/** What the API server answered to a request it refused. */
export class ApiError extends Error {
  override name = "ApiError";
  /** HTTP status. Not called `code`: the SDK takes numeric codes for its own. */
  readonly status: number;

  constructor(status: number, body: string) {
    super(messageIn(body) ?? (body.trim() === "" ? `HTTP ${String(status)}` : body.trim()));
    this.status = status;
  }
}

function messageIn(body: string): string | undefined {
  try {
    return (JSON.parse(body) as { message?: string }).message;
  } catch {
    return undefined;
  }
}

/** The API server cannot be reached. */
export class UnreachableError extends Error {
  override name = "UnreachableError";

  constructor(server: string, cause: Error) {
    super(`the API server at ${server} cannot be reached: ${cause.message}`);
  }
}
