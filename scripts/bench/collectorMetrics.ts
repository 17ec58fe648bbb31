/**
 * The sum of one of a collector's own metrics over all its label sets.
 *
 * @param collectorSelf base URL of its own metrics
 * @param name with the suffix `_total` where it is a counter
 */
export async function collectorMetric(collectorSelf: string, name: string): Promise<number> {
  const text = await (await fetch(`${collectorSelf}/metrics`)).text();
  const lines = text.split("\n").filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
  return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" "))), 0);
}
