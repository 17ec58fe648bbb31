import path from "node:path";
import { filesFolder } from "../../components/api/injectedContainer.ts";
import { InstrumentedApi } from "../../components/api/instrumentedApi.ts";
import { parseSettings } from "../../settings/read.ts";
import { instrumentationSpec } from "../../components/telemetry/instrumentation.ts";
import { writeFileAtomically } from "../../cli/files.ts";
import { packagesMountPath } from "../../sandbox/telemetry/injection.ts";
import type { DeploymentSpec, LiveObject } from "../../sandbox/telemetry/liveObjects.ts";
import { localEnvironment } from "../../sandbox/telemetry/localEnvironment.ts";
import { userPorts } from "../../sandbox/telemetry/loopback.ts";
import { mountedFolders, type MountedFolder } from "../../sandbox/telemetry/mountedFolders.ts";
import { find, registering } from "../program/runs.ts";
import type { Application } from "./application.ts";

/** Name of the Deployment that stands for every application. */
const name = "shop";

/** What the pods of an application are made from, as InstrumentedApi registers it. */
export interface ApplicationPod {
  readonly deployment: LiveObject<DeploymentSpec>;
  readonly mounted: readonly MountedFolder[];
}

/** The pod of a team that only sets the annotation. */
export function annotatedPod(
  { language }: Pick<Application, "language">,
  env: Readonly<Record<string, string>>,
): ApplicationPod {
  const annotations = { [`instrumentation.opentelemetry.io/inject-${language}`]: "observability/python" };
  const variables = Object.entries(env).map(([variable, value]) => ({ name: variable, value }));
  const containers = [{ name, image: "registry.example/shop:1.0", env: variables }];
  const template = { metadata: { annotations }, spec: { containers } };
  return { deployment: { metadata: { name, namespace: name }, spec: { template } }, mounted: [] };
}

/** The pod of an application by our own component. */
export async function applicationPod(
  { language, injection, logs }: Pick<Application, "language" | "injection" | "logs">,
  env: Readonly<Record<string, string>>,
): Promise<ApplicationPod> {
  const run = await registering(
    () =>
      new InstrumentedApi(
        name,
        {
          ...{ name, namespace: name, image: "registry.example/shop:1.0", port: 8000, env },
          ...(logs === undefined ? {} : { logs }),
          injection: { language, instrumentation: "observability/python", instrumentationHash: "0", ...injection },
          resources: { cpu: "100m", memory: "512Mi", memoryLimit: "512Mi" },
        },
        {},
      ),
  );
  const deployment = find(run, "Deployment", name).inputs as unknown as LiveObject<DeploymentSpec>;
  const configMap = run.registered.find(({ type }) => type.endsWith(":ConfigMap"))?.inputs as
    { data: Record<string, string> } | undefined;
  return { deployment, mounted: await mountedFolders(deployment, () => Promise.resolve(configMap?.data)) };
}

/** Writes what a pod mounts below a folder. */
export function writeMounted({ mounted }: ApplicationPod, folder: string): void {
  for (const [file, content] of mounted.flatMap(({ files }) => Object.entries(files))) {
    writeFileAtomically(path.join(folder, file), content);
  }
}

/** Where things of a container are on this machine. */
export interface Places {
  /** Folder of what the operator's init container would copy. */
  readonly packages: string;
  /** Folder into which the pod's files were written. */
  readonly files: string;
  /** What else stands for a folder of the container, by its path there. */
  readonly more: Readonly<Record<string, string>>;
}

/**
 * The environment of the application's process: what its container has after the operator's webhook.
 *
 * @param collector URL of the collector, and the seconds between two exports of metrics
 */
export function injectedVariables(
  { language }: Pick<Application, "language">,
  { deployment }: ApplicationPod,
  collector: { readonly endpoint: string; readonly interval: number },
  { packages, files, more }: Places,
): Record<string, string> {
  const { endpoint: collectorEndpoint, interval: metricExportIntervalSeconds } = collector;
  const settings = parseSettings({
    instrumentation: JSON.stringify({ samplingRatio: 1, metricExportIntervalSeconds }),
  });
  return localEnvironment({
    language,
    instrumentation: {
      metadata: { name: "python", namespace: "observability" },
      spec: instrumentationSpec({ settings: settings.instrumentation, collectorEndpoint }),
    },
    deployment,
    ports: userPorts,
    places: { ...more, [packagesMountPath(language, name)]: packages, [filesFolder]: files },
  });
}
