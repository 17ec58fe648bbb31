import { clusterProvider } from "./components/clusterProvider.ts";
import { refuseCrdLoss } from "./components/operators/crdGuard.ts";
import { instrumentationName, platformOutputs } from "./components/outputs.ts";
import { Namespaces } from "./components/namespaces.ts";
import { Platform } from "./components/platform.ts";
import { artifactsRequest, preparePlatformArtifacts } from "./components/platformArtifacts.ts";
import { SampleApi } from "./components/sampleApi.ts";
import { readAlertSecrets, readSettings } from "./components/settings.ts";
import { readStackState } from "./components/stackState.ts";

// Wrong settings and artifacts that cannot be had fail here, before anything is registered.
const settings = readSettings();
const [artifacts, state] = await Promise.all([preparePlatformArtifacts(settings), readStackState(settings)]);
refuseCrdLoss(artifactsRequest(settings), state);

const provider = clusterProvider(settings.kubeContext);
const namespaces = new Namespaces("namespaces", { settings, state }, { providers: { kubernetes: provider } });
const platform = new Platform(
  "platform",
  { settings, artifacts, alertSecrets: readAlertSecrets() },
  { providers: { kubernetes: provider }, dependsOn: namespaces },
);
if (settings.parts.sampleApi) {
  new SampleApi(
    "sample-api",
    {
      settings: settings.sampleApi,
      instrumentation: {
        instrumentation: instrumentationName,
        instrumentationHash: platform.instrumentation.specHash,
      },
    },
    // A pod that is made before the Instrumentation would silently not be instrumented.
    { providers: { kubernetes: provider }, dependsOn: platform.instrumentation },
  );
}

export const {
  jaegerUrl,
  prometheusUrl,
  alertmanagerUrl,
  grafanaUrl,
  grafanaAdminSecret,
  grafanaAdminPassword,
  collectorOtlpGrpc,
  collectorOtlpHttp,
  instrumentation,
  instrumentationHash,
  sampleApiUrl,
  alertReceivers,
  dashboards,
  portForwards,
  versions,
  images,
} = platformOutputs(settings, artifacts, platform);
