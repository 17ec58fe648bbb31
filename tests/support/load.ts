/**
 * Sends a number of GET requests, some at a time.
 *
 * @param request URL and headers of the request of that index
 * @returns the status codes, by index
 */
export async function getAll(
  count: number,
  request: (index: number) => { url: string; headers?: Record<string, string> },
  concurrency = 16,
): Promise<number[]> {
  const statuses: number[] = [];
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < count; index = next++) {
      const { url, headers } = request(index);
      const response = await fetch(url, { ...(headers ? { headers } : {}), signal: AbortSignal.timeout(10_000) });
      await response.arrayBuffer();
      statuses[index] = response.status;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return statuses;
}
