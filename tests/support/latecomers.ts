/** Milliseconds without a new registration after which nothing goes on: a program under mocks does no input or output. */
const quiet = 2;

/**
 * Makes some registrations as late as can be: they wait until everything that does not wait for them is done, then they go
 * on one at a time.
 *
 * @param isLate which ones, by label
 * @param compare which of them goes on first
 */
export function latecomers(
  isLate: (label: string) => boolean,
  compare: (a: string, b: string) => number,
): (label: string) => Promise<void> {
  const waiting = new Map<string, () => void>();
  let timer: NodeJS.Timeout | undefined;
  const startWaiting = () => {
    clearTimeout(timer);
    timer = setTimeout(next, quiet);
  };
  const next = () => {
    const [first] = [...waiting.keys()].sort(compare);
    if (first === undefined) return;
    waiting.get(first)?.();
    waiting.delete(first);
    startWaiting();
  };
  return async (label) => {
    startWaiting();
    if (isLate(label)) await new Promise<void>((resolve) => waiting.set(label, resolve));
  };
}
