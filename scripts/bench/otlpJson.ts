/** OTLP in JSON, as its receivers take it by HTTP. */

/** Attributes as OTLP has them in JSON; a number is an integer. */
export type Attributes = Readonly<Record<string, string | number | boolean>>;

/**
 * Sends a request.
 *
 * @throws when not all of it is taken
 */
export async function post(url: string, body: unknown): Promise<void> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(30_000),
  });
  const text = await response.text();
  // A part that was refused is said in a 200.
  if (!response.ok || text.includes("rejected")) throw new Error(`${url} answered ${response.status}: ${text}`);
}

export function keyValues(attributes: Attributes) {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: anyValue(value) }));
}

export function anyValue(value: string | number | boolean) {
  if (typeof value === "string") return { stringValue: value };
  return typeof value === "number" ? { intValue: String(value) } : { boolValue: value };
}

/** As OTLP has points in time. */
export function nanoseconds(milliseconds: number): string {
  return `${Math.round(milliseconds)}000000`;
}

/** An id of its own. */
export function hexadecimal(bytes: number): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(bytes))).toString("hex");
}
