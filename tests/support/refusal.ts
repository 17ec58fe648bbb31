import { Socket } from "node:net";
import { run } from "../../sandbox/run.ts";

/** What a call of the sandbox that is refused has said. */
export interface Refusal {
  /** The exit code. */
  readonly code: number;
  /** The lines of both streams. */
  readonly lines: readonly string[];
  /** How many connections it has opened. */
  readonly connections: number;
}

/** Calls the sandbox in this process, with what it says held back. */
export async function refusalOf(argv: string[]): Promise<Refusal> {
  const signals = (["SIGINT", "SIGTERM", "SIGHUP"] as const).map(
    (signal) => [signal, process.listeners(signal)] as const,
  );
  let text = "";
  let connections = 0;
  const write = (chunk: unknown) => {
    text += String(chunk);
    return true;
  };
  const restore = [
    replaced(process.stdout, "write", write),
    replaced(process.stderr, "write", write),
    replaced(Socket.prototype, "connect", () => {
      connections += 1;
      throw new Error("nothing is asked of the network");
    }),
  ];
  try {
    return { code: await run(argv), lines: text.trimEnd().split("\n"), connections };
  } finally {
    for (const each of restore) each();
    for (const [signal, before] of signals) {
      for (const added of process.listeners(signal)) if (!before.includes(added)) process.off(signal, added);
    }
  }
}

function replaced<Name extends string>(target: Record<Name, unknown>, name: Name, value: unknown): () => void {
  const original = target[name];
  target[name] = value;
  return () => {
    target[name] = original;
  };
}
