import { instrumentationName } from "../../outputs/make.ts";
import type { RuleGroup } from "../../rules/rule.ts";
import type { LiveService, TeamApiObjects } from "../../sandbox/telemetry/liveObjects.ts";
import { mountedFolders } from "../../sandbox/telemetry/mountedFolders.ts";
import { besidePlatform, type ProjectRun } from "./besidePlatform.ts";
import type { SavedOutputs } from "./program.ts";

/** What a platform with the default settings gives, as far as team-api reads it. */
export const platformOutputs = {
  instrumentation: instrumentationName,
  instrumentationHash: "0123456789ab",
  sampleApiUrl: "http://python-api.python-api.svc:8000",
  grafanaUrl: "http://grafana-service.observability.svc:3000",
};

/**
 * Runs the unchanged program of team-api beside a platform.
 *
 * @param config configuration by key without the project's prefix
 */
export function runTeamApi(
  config: Readonly<Record<string, string>> = {},
  platform: SavedOutputs = { outputs: platformOutputs },
): Promise<ProjectRun> {
  return besidePlatform(platform, { name: "team-api", config }, teamProgram);
}

let runs = 0;

/** The unchanged program. A query makes Node load the module anew, as each run of the CLI does. */
export async function teamProgram(): Promise<Record<string, unknown>> {
  return (await import(`../../stacks/team-api/index.ts?run=${++runs}`)) as Record<string, unknown>;
}

/** The objects that team-api makes, without a cluster. */
export async function teamObjects(): Promise<TeamApiObjects> {
  const { registered, error } = await runTeamApi();
  if (error !== undefined) throw new Error("team-api failed", { cause: error });
  const find = (label: string) => registered.find((resource) => resource.label === label)?.inputs as unknown;
  const deployment = find("Deployment orders-api") as TeamApiObjects["deployment"];
  const { data } = find("ConfigMap orders-api-injection") as { data: Record<string, string> };
  return {
    deployment,
    mounted: await mountedFolders(deployment, () => Promise.resolve(data)),
    service: find("Service orders-api") as LiveService,
    monitors: [find("ServiceMonitor ServiceMonitor-orders-api")] as TeamApiObjects["monitors"],
  };
}

/** The groups of the PrometheusRules that team-api makes, by the name of each. */
export async function teamRules(): Promise<Record<string, RuleGroup[]>> {
  const { registered } = await runTeamApi();
  const rules = registered.filter(({ label }) => label.startsWith("PrometheusRule "));
  return Object.fromEntries(
    rules.map(({ label, inputs }) => [label.split(" ")[1] ?? "", (inputs.spec as { groups: RuleGroup[] }).groups]),
  );
}
