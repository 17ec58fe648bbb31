/** A straight line. */
export interface Line {
  /** Where it is at 0. */
  readonly base: number;
  readonly slope: number;
}

/** The line that is nearest to some points, by the squares of its distances. */
export function fittedLine(points: readonly (readonly [x: number, y: number])[]): Line {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanY] = [mean(points.map(([x]) => x)), mean(points.map(([, y]) => y))];
  const products = points.map(([x, y]) => (x - meanX) * (y - meanY));
  const squares = points.map(([x]) => (x - meanX) ** 2);
  const slope = mean(products) / mean(squares);
  return { base: meanY - slope * meanX, slope };
}
