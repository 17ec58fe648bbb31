/** What a user can put right: the message is one line, printed as it is, and the exit code is 1. */
export class UserError extends Error {
  override name = "UserError";
}

/** The user (or a supervisor) asked to stop; printed as one line, exit code 130. */
export class Interrupted extends Error {
  override name = "Interrupted";

  constructor() {
    super("stopped; the next run goes on from here");
  }
}

/** The message of anything thrown, as one line. */
export function errorLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.trim().replaceAll(/\s*\n\s*/g, "; ");
}

/** The last line of what a program wrote, which says why it ended; "" when it wrote nothing. */
export function lastLine(output: string): string {
  return output.trim().split("\n").at(-1) ?? "";
}
