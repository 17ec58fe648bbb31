import { UserError } from "../../cli/errors.ts";

/** What GitHub tells a workflow's programs. */
export interface RunEnvironment {
  /** `owner/name`. */
  readonly repository: string;
  /** Address of the run, where its whole output is. */
  readonly log: string;
  /** The pull request's commit, if the run is for one. */
  readonly commit?: string;
}

/**
 * Reads the variables that GitHub sets for every step, and HEAD_COMMIT: GitHub's own GITHUB_SHA is the merge of a pull request.
 *
 * @throws UserError where there is no GITHUB_REPOSITORY
 */
export function runEnvironment(variables: NodeJS.ProcessEnv): RunEnvironment {
  const {
    GITHUB_REPOSITORY: repository,
    GITHUB_SERVER_URL: server = "https://github.com",
    GITHUB_RUN_ID: run,
    HEAD_COMMIT: commit,
  } = variables;
  if (repository === undefined || repository === "") {
    throw new UserError("GITHUB_REPOSITORY is not set: it says which repository the comment or issue belongs to");
  }
  return {
    repository,
    log: run === undefined ? `${server}/${repository}` : `${server}/${repository}/actions/runs/${run}`,
    ...(commit === undefined ? {} : { commit }),
  };
}
