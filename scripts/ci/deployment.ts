import { gh } from "./github.ts";

/** What GitHub says of the runs that updated an environment. */
export interface Deployment {
  /** The commit that it was last updated from to the end; `undefined` before the first time. */
  readonly commit: string | undefined;
  /** Whether a run updates it now. */
  readonly updating: boolean;
}

/** One run in an environment, as GraphQL gives it. */
export interface DeploymentNode {
  readonly state: string;
  readonly commitOid: string;
}

const query = `query ($owner: String!, $name: String!, $environment: String!) {
  repository(owner: $owner, name: $name) {
    deployments(environments: [$environment], first: 50, orderBy: { field: CREATED_AT, direction: DESC }) {
      nodes { state commitOid }
    }
  }
}`;

/**
 * Asks GitHub for the runs of an environment.
 *
 * @param repository `owner/name`
 * @throws UserError with what gh said
 */
export async function deploymentOf(repository: string, environment: string): Promise<Deployment> {
  const [owner = "", name = ""] = repository.split("/");
  const variables = Object.entries({ owner, name, environment, query });
  const fields = variables.flatMap(([key, value]) => ["--raw-field", `${key}=${value}`]);
  const answer = JSON.parse(await gh(["api", "graphql", ...fields])) as {
    data: { repository: { deployments: { nodes: DeploymentNode[] } } };
  };
  return latestDeployment(answer.data.repository.deployments.nodes);
}

/** @param nodes newest first */
export function latestDeployment(nodes: readonly DeploymentNode[]): Deployment {
  const last = nodes.findIndex(({ state }) => state === "ACTIVE" || state === "SUCCESS");
  // One that is older than a finished one was lost by GitHub: no two runs update an environment at once.
  const since = last === -1 ? nodes : nodes.slice(0, last);
  return { commit: nodes[last]?.commitOid, updating: since.some(({ state }) => state === "IN_PROGRESS") };
}

/** Whether a run updated the environment at any time from one answer to the next. */
export function updatedBetween(before: Deployment, after: Deployment): boolean {
  return before.updating || after.updating || before.commit !== after.commit;
}
