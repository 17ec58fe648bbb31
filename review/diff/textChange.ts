import { diffLines } from "diff";
import { cutTo, differingFrom } from "./shownPart.ts";

/** What differs between two texts of several lines: those that go with `-`, those that come with `+`. */
export function textChangeLines(old: string, wanted: string): string[] {
  const hunks = diffLines(old, wanted).map(({ value, added, removed }) => ({
    ...{ sign: added ? "+" : removed ? "-" : undefined },
    lines: (value.endsWith("\n") ? value.slice(0, -1) : `${value} (no line break)`).split("\n"),
  }));
  return hunks.flatMap(({ sign, lines }, index) => {
    if (sign === undefined) return [];
    // A line and the one in its place are cut alike: where they differ.
    const other = sign === "-" ? hunks[index + 1] : hunks[index - 1];
    const pairs = other?.sign === undefined ? [] : other.lines;
    return lines.map((line, at) => {
      const pair = pairs[at];
      return `${sign} ${cutTo(line, pair === undefined ? 0 : differingFrom(line, pair))}`;
    });
  });
}
