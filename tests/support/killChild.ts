import type { ChildProcess } from "node:child_process";
import { once } from "node:events";

/** Kills a process, as the kernel does, and waits until it is gone. One that has ended already is left alone. */
export async function killChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}
