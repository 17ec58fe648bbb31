const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Has a clean-up run once, however a measurement ends: by a call of what is returned, or by a signal, which ends the process then.
 *
 * @param work what ends everything that was started
 */
export function cleanUpOnce(work: () => Promise<void>): () => Promise<void> {
  let ended: Promise<void> | undefined;
  const cleanUp = () => (ended ??= work());
  for (const signal of signals) {
    // Every time: a group's signal comes twice, from its sender and passed on by npm's scripts, and must not end the clean-up.
    process.on(signal, () => {
      void cleanUp().finally(() => process.exit(130));
    });
  }
  return cleanUp;
}
