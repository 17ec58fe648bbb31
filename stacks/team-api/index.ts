import { clusterProvider } from "../../components/kubernetes/clusterProvider.ts";
import { clusterUrl, portForward } from "../../catalog/endpoints.ts";
import { readPlatform } from "../../outputs/read.ts";
import { ordersApi, teamNamespace } from "./ordersApi.ts";
import { TeamApi } from "./teamApi.ts";
import { readTeamSettings } from "./teamSettings.ts";

// Wrong settings, and a platform that does not fit, fail here, before anything is registered.
const settings = readTeamSettings();
const { kubeContext, platformStack } = settings;
const provider = clusterProvider(kubeContext);
const platform = await readPlatform(
  { provider, stack: platformStack },
  { needs: ["instrumentation", "instrumentationHash", "sampleApiUrl"], uses: ["grafanaUrl"] },
);

const team = new TeamApi("team-api", { settings, platform }, { providers: { kubernetes: provider } });

const endpoint = { namespace: teamNamespace, service: ordersApi.name, port: ordersApi.port };
export const ordersApiUrl = clusterUrl(endpoint);
/** Requests, errors and duration of the API, in the platform's Grafana. */
export const ordersApiDashboard = team.dashboardUrl;
export const ordersApiPortForward = portForward(endpoint, kubeContext);
