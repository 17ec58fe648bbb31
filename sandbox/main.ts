import { run } from "./run.ts";

const streams = [process.stdout, process.stderr];
// Whoever reads may end first (`| head`, a terminal that is closed): the work is done to its end all the same.
for (const stream of streams) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE" && error.code !== "EIO") throw error;
  });
}
const code = await run(process.argv.slice(2));
// All that was written has to be out. Then connections that are kept open must not keep the process.
await Promise.all(streams.map((stream) => new Promise((resolve) => stream.write("", resolve))));
process.exit(code);
