import { requirePrograms } from "../cli/cannotRun.ts";
import { npmCommand, runScript, withJson } from "../cli/command.ts";
import { type ForwardEvents, keepForward } from "./forward/keepForward.ts";
import type { PortForward } from "./forward/portForward.ts";
import { stackForwards } from "./forward/stackForwards.ts";

const command = withJson(
  npmCommand(
    "forward",
    "Opens every port-forward of a stack's outputs at once, shows the links, and opens one that broke again; Ctrl-C closes all.",
    "--stack dev",
  ).option("--stack <stack>", "stack whose outputs are read (default: the one that pulumi has selected)"),
  `{"links": {...}}, links by their names, as soon as all are open, or of those that were, where it ends before; they stay open until Ctrl-C`,
);

await runScript(command, async (_, print) => {
  const { stack } = command.opts<{ stack?: string }>();
  requirePrograms("pulumi", "kubectl");
  const forwards = await stackForwards(stack === undefined ? [] : ["--stack", stack]);
  const width = Math.max(...forwards.map(({ name }) => name.length));

  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
    process.once(signal, () => {
      stop.abort();
    });
  console.error("Ctrl-C closes all of these:");
  const waiting = new Set(forwards.map(({ name }) => name));
  let onAllOpen: (is: "open") => void = () => undefined;
  const allOpen = new Promise<"open">((resolve) => (onAllOpen = resolve));
  const events: ForwardEvents = {
    onReady: ({ name, link }) => {
      print(`${name.padEnd(width)}  ${link}`);
      waiting.delete(name);
      if (waiting.size === 0) onAllOpen("open");
    },
    onBroken: ({ name }, reason) => {
      console.error(`${name.padEnd(width)}  broken, opened again: ${reason}`);
    },
  };
  const ended = keepAll(forwards, events, stop);
  if (waiting.size === 0) onAllOpen("open");
  const isOpen = (await Promise.race([allOpen, ended])) === "open";
  const open = forwards.filter(({ name }) => !waiting.has(name));
  return {
    text: isOpen ? "all are open" : "closed before all were open",
    json: { links: Object.fromEntries(open.map(({ name, link }) => [name, link])) },
    until: ended,
  };
});

/** One that fails ends the others. */
async function keepAll(forwards: readonly PortForward[], events: ForwardEvents, stop: AbortController): Promise<void> {
  try {
    await Promise.all(forwards.map((each) => keepForward(each, events, stop.signal)));
  } finally {
    stop.abort();
  }
}
