import { lastLine, UserError } from "../../cli/errors.ts";
import { runCommand } from "../../cli/runCommand.ts";
import type { RunEnvironment } from "./environment.ts";

/** How comments and issues of these scripts are found again. It is the first line of a body, and is not shown. */
export function markOf(name: string): string {
  return `<!-- fluffy-observability: ${name} -->`;
}

/**
 * Writes a comment of a pull request: the one of that name anew, or a first one. It ends with the commit that it is about.
 *
 * @param name tells the comments of one pull request apart, such as `preview dev`
 * @throws UserError with what gh said
 */
export async function writeComment(
  { repository, commit }: RunEnvironment,
  pullRequest: string,
  name: string,
  body: string,
): Promise<void> {
  const comments = `repos/${repository}/issues/${pullRequest}/comments`;
  const [id] = await ownIds(comments, ".id", name);
  const about = commit === undefined ? "" : `\n\nFor commit ${commit}.\n`;
  const marked = JSON.stringify({ body: `${markOf(name)}\n${body}${about}` });
  if (id === undefined) await gh(["api", "--method", "POST", comments, "--input", "-"], marked);
  else await gh(["api", "--method", "PATCH", `repos/${repository}/issues/comments/${id}`, "--input", "-"], marked);
}

/** An issue that a script keeps. */
export interface KeptIssue {
  readonly number: string;
  /** Without the mark. */
  readonly body: string;
}

/** The open issue of that name, if there is one. */
export async function findIssue(repository: string, name: string): Promise<KeptIssue | undefined> {
  const [number] = await ownIds(`repos/${repository}/issues?state=open&per_page=100`, ".number", name);
  if (number === undefined) return undefined;
  const body = await gh(["api", `repos/${repository}/issues/${number}`, "--jq", ".body"]);
  return { number, body: body.replaceAll("\r\n", "\n").slice(markOf(name).length).trim() };
}

/**
 * Writes an issue.
 *
 * @param number of an issue that is there
 * @param fields title, body without the mark, state; what is not given stays
 */
export async function writeIssue(
  repository: string,
  name: string,
  number: string | undefined,
  fields: { readonly title?: string; readonly body: string; readonly state?: "closed" },
): Promise<void> {
  const content = JSON.stringify({ ...fields, body: `${markOf(name)}\n${fields.body}` });
  const [method, path] = number === undefined ? ["POST", "issues"] : ["PATCH", `issues/${number}`];
  await gh(["api", "--method", method, `repos/${repository}/${path}`, "--input", "-"], content);
}

/** What the workflows' own user wrote under that name; anybody can write the mark. */
async function ownIds(path: string, id: string, name: string): Promise<string[]> {
  const own = `.[] | select(.user.login == "github-actions[bot]") | select((.body // "") | startswith("${markOf(name)}"))`;
  const found = await gh(["api", "--paginate", path, "--jq", `${own} | ${id}`]);
  return found.split("\n").filter((line) => line !== "");
}

/**
 * Runs the GitHub CLI, which takes its rights from GH_TOKEN.
 *
 * @returns its standard output
 * @throws UserError with the last line that it wrote
 */
export async function gh(args: readonly string[], input = ""): Promise<string> {
  const { code, stdout, output } = await runCommand("gh", args, { input });
  if (code === 0) return stdout;
  throw new UserError(`gh ${args.slice(0, 4).join(" ")} failed: ${lastLine(output)}`);
}
