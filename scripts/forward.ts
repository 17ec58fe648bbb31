import { parseArgs } from "node:util";
import { errorLine } from "../sandbox/errors.ts";
import { keepForward } from "./forward/keepForward.ts";
import { stackForwards } from "./forward/stackForwards.ts";

/**
 * `npm run forward [-- --stack dev]`: opens every port-forward of a stack's output at once, shows the links, opens one that broke again, and
 * closes all of them on Ctrl-C.
 */
async function forward(args: string[]): Promise<void> {
  const { stack } = parseArgs({ args, options: { stack: { type: "string" } } }).values;
  const forwards = await stackForwards(stack === undefined ? [] : ["--stack", stack]);
  const width = Math.max(...forwards.map(({ name }) => name.length));

  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
    process.once(signal, () => {
      stop.abort();
    });
  const events = {
    onReady: ({ name, link }: { name: string; link: string }) => {
      console.log(`${name.padEnd(width)}  ${link}`);
    },
    onBroken: ({ name }: { name: string }, reason: string) => {
      console.error(`${name.padEnd(width)}  broken, opened again: ${reason}`);
    },
  };
  console.error("Ctrl-C closes all of these:");
  try {
    await Promise.all(forwards.map((each) => keepForward(each, events, stop.signal)));
  } finally {
    stop.abort();
  }
}

try {
  await forward(process.argv.slice(2));
} catch (error) {
  console.error(errorLine(error));
  process.exitCode = 1;
}
