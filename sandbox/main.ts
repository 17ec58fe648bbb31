import { run } from "./run.ts";

// Connections that are kept open must not keep the process.
process.exit(await run(process.argv.slice(2)));
