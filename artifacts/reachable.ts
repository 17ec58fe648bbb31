/**
 * Hosts of the URLs that do not answer in time, or only with a refusal of a proxy or a server's own trouble.
 *
 * @param timeLimit in milliseconds
 */
export async function unreachableHosts(urls: readonly string[], timeLimit: number): Promise<string[]> {
  const signal = AbortSignal.timeout(timeLimit);
  const unreachable = await Promise.all(
    urls.map(async (url) => {
      try {
        const { status, body } = await fetch(url, { signal });
        await body?.cancel();
        // Any other answer will do: a missing file is better said where it is used than hidden.
        return status === 403 || status === 407 || status >= 500 ? [new URL(url).host] : [];
      } catch {
        return [new URL(url).host];
      }
    }),
  );
  return [...new Set(unreachable.flat())].sort();
}
