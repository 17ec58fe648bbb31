import { readFile } from "node:fs/promises";
import { npmCommand, runScript } from "../../cli/command.ts";
import { runEnvironment } from "./environment.ts";
import { writeComment } from "./github.ts";

const command = npmCommand(
  "ci:comment",
  "Writes a file as the comment of that name below a pull request.",
  "--pull-request 12 --name objects --file objects.md",
)
  .requiredOption("--pull-request <number>", "pull request that gets the comment")
  .requiredOption("--name <name>", "name of the comment: an earlier one of the name is replaced")
  .requiredOption("--file <file>", "file with the comment's text");

await runScript(command, async () => {
  const { pullRequest, name, file } = command.opts<{ pullRequest: string; name: string; file: string }>();
  await writeComment(runEnvironment(process.env), pullRequest, name, await readFile(file, "utf8"));
});
