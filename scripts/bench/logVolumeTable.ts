import { markdownTable } from "../../cli/markdownTable.ts";

/** What an application printed, and what the store has of it. */
export interface LogVolume {
  readonly name: string;
  readonly requests: number;
  readonly lines: number;
  /** Bytes of the lines, without what the runtime puts in front of them. */
  readonly printed: number;
  /** Bytes on the store's disk. */
  readonly stored: number;
}

/** Of each application what a request, a line and a gigabyte cost. */
export function volumeTable(volumes: readonly LogVolume[]): string {
  return markdownTable(
    [
      "Lines of",
      "Lines",
      "Printed, bytes a request",
      "Printed, bytes a line",
      "Stored, bytes a line",
      "Of 1 GB printed",
    ],
    volumes.map(({ name, requests, lines, printed, stored }) => [
      name,
      lines.toLocaleString("en"),
      (printed / requests).toFixed(0),
      (printed / lines).toFixed(0),
      (stored / lines).toFixed(1),
      `${((stored / printed) * 1000).toFixed(0)} MB`,
    ]),
  );
}
