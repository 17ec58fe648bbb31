import * as kubernetes from "@pulumi/kubernetes";
import { clusterUrl, portForward } from "../../components/endpoints.ts";
import { PlatformReference } from "../platformReference.ts";
import { ordersApi, TeamApi, teamNamespace } from "./teamApi.ts";
import { readTeamSettings } from "./teamSettings.ts";

const settings = readTeamSettings();
const { kubeContext, platformStack } = settings;
const provider = new kubernetes.Provider("cluster", kubeContext === "" ? {} : { context: kubeContext });
new TeamApi(
  "team-api",
  { settings, platform: new PlatformReference(platformStack) },
  { providers: { kubernetes: provider } },
);

const endpoint = { namespace: teamNamespace, service: ordersApi.name, port: ordersApi.port };
export const ordersApiUrl = clusterUrl(endpoint);
export const ordersApiPortForward = portForward(endpoint, kubeContext);
