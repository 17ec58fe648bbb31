/**
 * What is measured, in the order of a round. Each is the first one as often as the others: what else the machine does is no one's.
 *
 * @param round from 0
 */
export function inTurn<Measured>(all: readonly Measured[], round: number): Measured[] {
  const first = round % all.length;
  return [...all.slice(first), ...all.slice(0, first)];
}
