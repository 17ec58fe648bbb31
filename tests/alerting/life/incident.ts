/** What goes wrong in a made-up life, and who must be told of it by when. */

/** Labels that an alert must have; an empty value stands for a label that is not there. */
export type Labels = Readonly<Record<string, string>>;

/** An alert that must be told, or may. */
export interface Told {
  readonly alert: string;
  /** @default any */
  readonly severity?: "critical" | "warning";
  readonly labels: Labels;
}

/** Something that goes wrong, or that only looks so. Times are minutes. */
export interface Incident {
  /** The number of the situation, or what it is. */
  readonly kind: string;
  readonly start: number;
  readonly end: number;
  /** How large it is, as a multiple of what must be told. */
  readonly size: number;
  /** What must be told; none where nobody may be told. */
  readonly must?: Told;
  /** Minutes after the start within which it must be. */
  readonly promise: number;
  /** Minute at which it must still be told. @default - that of the promise */
  readonly holds?: number;
  /** What may be told too, until so many minutes after the end. */
  readonly may: readonly Told[];
  readonly tail: number;
}

/** Within 20 % of what must be told. */
export function isNear({ size }: Incident): boolean {
  return size >= 0.8 && size <= 1.2;
}

/** How often each kind occurs in thirty days, and how often near the size that must be told. */
export const kinds: Readonly<Record<string, { times: number; near: number }>> = {
  "failed requests": { times: 40, near: 24 },
  "late requests": { times: 40, near: 24 },
  "a day of failures": { times: 10, near: 4 },
  "part away": { times: 14, near: 8 },
  "1": { times: 16, near: 8 },
  "2": { times: 24, near: 6 },
  "3": { times: 12, near: 6 },
  "4": { times: 12, near: 6 },
  "5": { times: 16, near: 8 },
  "6": { times: 12, near: 6 },
  "7": { times: 24, near: 12 },
  "8": { times: 12, near: 0 },
  "9": { times: 12, near: 6 },
  "10": { times: 20, near: 0 },
  "11": { times: 16, near: 4 },
  "12": { times: 12, near: 4 },
  "13": { times: 12, near: 0 },
  "14": { times: 20, near: 6 },
};
