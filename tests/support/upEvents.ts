import { openOperation } from "../../sandbox/engine/operation.ts";
import { parseOptions } from "../../sandbox/options.ts";
import { sandboxPaths } from "../../sandbox/paths.ts";
import { NOTHING_DONE } from "../../sandbox/summary.ts";
import { silentReport } from "../../cli/silentReport.ts";

/** A program that runs `up` of a sandbox, with the command line of one, and prints the engine's events, one a line. */
const options = parseOptions(process.argv.slice(2));
const paths = sandboxPaths(options);
const { stack, run } = await openOperation({
  ...{ options, paths, report: silentReport, signal: new AbortController().signal, folder: options.project ?? "" },
  ...{ ...NOTHING_DONE, print: console.log },
});
await run(() =>
  stack.up({
    onEvent: (event) => {
      console.log(JSON.stringify(event));
    },
  }),
);
process.exit();
