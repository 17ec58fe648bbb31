import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { errorLine, UserError } from "../../sandbox/errors.ts";
import { runEnvironment } from "./environment.ts";
import { writeComment } from "./github.ts";

/** `npm run ci:comment -- --pull-request 12 --name objects --file FILE`: writes a file as the comment of that name. */
async function comment(args: string[]): Promise<void> {
  const string = { type: "string" } as const;
  const {
    "pull-request": pullRequest,
    name,
    file,
  } = parseArgs({
    args,
    options: { "pull-request": string, name: string, file: string },
  }).values;
  if (pullRequest === undefined || name === undefined || file === undefined) {
    throw new UserError("usage: npm run ci:comment -- --pull-request <number> --name <name> --file <file>");
  }
  await writeComment(runEnvironment(process.env), pullRequest, name, await readFile(file, "utf8"));
}

try {
  await comment(process.argv.slice(2));
} catch (error) {
  console.error(errorLine(error));
  process.exitCode = 1;
}
