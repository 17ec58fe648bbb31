import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { poll } from "../../cli/poll.ts";

/** Waits until something answers at a URL. */
export async function answering(url: string): Promise<void> {
  const answers = () =>
    fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
  if (!(await poll(answers, 60_000, 100))) throw new Error(`nothing answers at ${url}`);
}

/** Ends a process by SIGTERM, and waits until it is gone. */
export async function end(child: ChildProcess): Promise<void> {
  child.kill("SIGTERM");
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
}
