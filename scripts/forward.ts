import { requirePrograms } from "../cli/cannotRun.ts";
import { npmCommand, runScript } from "../cli/command.ts";
import { keepForward } from "./forward/keepForward.ts";
import { stackForwards } from "./forward/stackForwards.ts";

const command = npmCommand(
  "forward",
  "Opens every port-forward of a stack's outputs at once, shows the links, and opens one that broke again; Ctrl-C closes all.",
  "--stack dev",
).option("--stack <stack>", "stack whose outputs are read (default: the one that pulumi has selected)");

await runScript(command, async () => {
  const { stack } = command.opts<{ stack?: string }>();
  requirePrograms("pulumi", "kubectl");
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
});
