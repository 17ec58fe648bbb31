import { clusterProvider } from "./components/kubernetes/clusterProvider.ts";
import { guardedState } from "./components/operators/crdGuard.ts";
import { instrumentationName, platformOutputs } from "./outputs/make.ts";
import { Namespaces } from "./components/kubernetes/namespaces.ts";
import { Platform } from "./components/platform.ts";
import { preparePlatformArtifacts } from "./artifacts/request.ts";
import { PublicOutputs } from "./outputs/publicOutputs.ts";
import { SampleApi } from "./components/api/sampleApi.ts";
import { readAlertSecrets, readSettings } from "./settings/read.ts";
import { siteImages } from "./components/kubernetes/siteImages.ts";
import { canLookMeanwhile } from "./components/kubernetes/stackState.ts";

// Wrong settings and artifacts that cannot be had fail here, before anything is registered.
const settings = readSettings();
const before = guardedState(settings);
before.catch(() => undefined); // it is awaited below
const [artifacts, state] = await Promise.all([
  preparePlatformArtifacts(settings),
  canLookMeanwhile(settings) ? {} : before,
]);

const provider = clusterProvider(settings.kubeContext);
const namespaces = new Namespaces("namespaces", { settings, state }, { providers: { kubernetes: provider } });
const platform = new Platform(
  "platform",
  { settings, artifacts, alertSecrets: readAlertSecrets() },
  { providers: { kubernetes: provider }, dependsOn: namespaces, transformations: [siteImages(settings.images)] },
);
if (settings.parts.sampleApi) {
  new SampleApi(
    "sample-api",
    {
      settings: settings.sampleApi,
      pullSecrets: settings.images.pullSecrets,
      instrumentation: {
        instrumentation: instrumentationName,
        instrumentationHash: platform.instrumentation.specHash,
      },
    },
    // A pod that is made before the Instrumentation would silently not be instrumented.
    { providers: { kubernetes: provider }, dependsOn: platform.instrumentation },
  );
}

const outputs = platformOutputs(settings, artifacts, platform);
const toRead = { outputs, instrumentation: platform.instrumentation };
new PublicOutputs("public-outputs", toRead, { providers: { kubernetes: provider }, dependsOn: namespaces });
await before;

export const {
  jaegerUrl,
  logsUrl,
  prometheusUrl,
  alertmanagerUrl,
  grafanaUrl,
  publicUrls,
  grafanaAdminSecret,
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
} = outputs;
