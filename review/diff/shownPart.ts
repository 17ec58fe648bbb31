const shownLength = 120;
const contextLength = 20;

/** Where to begin showing two texts so that their difference is seen: at the start, unless both are long. */
export function differingFrom(one: string, other: string): number {
  if (one.length + other.length <= 2 * shownLength) return 0;
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return Math.max(0, length - contextLength);
}

/** So much of a text as is shown, from a place in it. */
export function cutTo(text: string, start: number): string {
  const end = start + shownLength;
  return `${start > 0 ? "…" : ""}${text.slice(start, end)}${text.length > end ? "…" : ""}`;
}
